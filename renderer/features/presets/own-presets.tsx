import { useEffect } from 'react';
import { Button } from '../../components/button.tsx';
import { CommandLine } from '../../components/command-line.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useApp } from '../../store/use-app.ts';
import { WRITES } from '../../view/preset-words.ts';
import css from '../providers/providers-section.module.css';

const EXAMPLE = `{
  "name": "my-tool",
  "needs": { "apis": ["jira"], "sent": "bearer" },
  "variables": {
    "MY_TOOL_URL": "{{ connection.jira_api_url }}",
    "MY_TOOL_TOKEN": "{{ connection.access_token }}"
  }
}`;

/** The person's own presets, files that could not be used, and how to add one. */
export function OwnPresets() {
  const own = useApp((state) => state.ownPresets);
  const load = useApp((state) => state.loadPresets);
  const openDialog = useApp((state) => state.openDialog);
  const copyText = useApp((state) => state.copyText);
  const read = useApp((state) => state.presetsRead);
  useEffect(() => {
    void load();
  }, [load, read]);
  return (
    <section className={css['provider']} aria-label="Your own presets">
      <div className={css['head']}>
        <h2>Your own presets</h2>
        <Button
          onClick={() => {
            openDialog({ kind: 'add-preset', file: null });
          }}
        >
          Add preset…
        </Button>
      </div>
      {own !== null && own.problems.length > 0 && (
        <div className={css['problems']}>
          {own.problems.map(({ file, field, message, hint }) => (
            <ProblemNote
              key={`${file} ${field ?? ''} ${message}`}
              problem={{ message: `${file}${field === null ? '' : `, ${field}`}: ${message}`, hint }}
            />
          ))}
        </div>
      )}
      <p className={css['text']}>
        A preset says which variables a tool reads, or what a whole file contains. Add one with{' '}
        <em>Add preset…</em>, by dropping it on this window or by pasting its text. Or put files into this
        folder:
      </p>
      {own !== null && (
        <>
          <CommandLine command={own.folder} onCopy={(path) => void copyText(path, 'Folder copied.')} />
          {own.presets.length > 0 && (
            <ul aria-label="Your presets">
              {own.presets.map(({ name, description, kind, file }) => (
                <li key={name} className={css['client']}>
                  <div>
                    <strong>{name}</strong> {description}
                    <div className={css['dim']}>
                      {WRITES[kind]} · <code>{file}</code>
                    </div>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <details className={css['more']}>
        <summary>Example: variables for a tool of your own</summary>
        <pre>{EXAMPLE}</pre>
      </details>
    </section>
  );
}
