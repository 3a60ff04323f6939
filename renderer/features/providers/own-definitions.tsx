import { useEffect } from 'react';
import { CommandLine } from '../../components/command-line.tsx';
import { useApp } from '../../store/use-app.ts';
import css from './providers-section.module.css';

const EXAMPLE = `{
  "id": "atlassian",
  "methods": [
    {
      "method": "oauth2",
      "client": { "name": "Acme", "clientId": "…", "clientSecret": "…" }
    }
  ]
}`;

/** How to add a provider, override one, or import a definition from your organisation. */
export function OwnDefinitions() {
  const folder = useApp((state) => state.providerFolder);
  const load = useApp((state) => state.loadProviders);
  const copyText = useApp((state) => state.copyText);
  useEffect(() => {
    if (folder === null) void load();
  }, [folder, load]);
  return (
    <section className={css['provider']} aria-label="Your own definitions">
      <h2 className={css['title']}>Your own definitions</h2>
      <p className={css['text']}>
        A provider is described by a JSON file. Add one with <em>Add provider…</em>, by dropping it on this
        window or by pasting its text; you see what it does first. Or put files into this folder, then choose{' '}
        <em>Reload files</em>:
      </p>
      {folder !== null && (
        <CommandLine command={folder} onCopy={(path) => void copyText(path, 'Folder copied.')} />
      )}
      <dl className={css['ways']}>
        <dt>Add</dt>
        <dd>A file with a new id adds a provider.</dd>
        <dt>Override</dt>
        <dd>A file with the id of a provider above changes only the fields it contains.</dd>
        <dt>Import</dt>
        <dd>
          A file from your organisation is used unchanged. It may include an OAuth client, so that nobody
          needs to register one.
        </dd>
      </dl>
      <details className={css['more']}>
        <summary>Example: an OAuth client for everyone</summary>
        <pre>{EXAMPLE}</pre>
      </details>
    </section>
  );
}
