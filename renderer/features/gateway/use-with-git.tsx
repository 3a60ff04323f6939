import { useEffect, useRef, useState } from 'react';
import type { ConnectionView } from '../../../contract/connection.ts';
import type { Failure } from '../../../contract/errors.ts';
import type { GitInstallView } from '../../../contract/git.ts';
import { Button } from '../../components/button.tsx';
import { CommandLine } from '../../components/command-line.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useApp } from '../../store/use-app.ts';
import { gitAddress, gitSentence } from '../../view/git-words.ts';
import css from './gateway.module.css';

/** Whether git asks Tokentray for what this connection opens, with a button that changes it. */
export function UseWithGit({ connection }: { connection: ConnectionView }) {
  const url = gitAddress(connection);
  return url === null ? null : <AtAddress key={url} url={url} connection={connection} />;
}

function AtAddress({ url, connection }: { url: string; connection: ConnectionView }) {
  const load = useApp((state) => state.gitInstalls);
  const change = useApp((state) => state.changeGit);
  const copyText = useApp((state) => state.copyText);
  const several = useApp(
    (state) => [...state.connections.values()].filter((other) => gitAddress(other) === url).length > 1,
  );
  const [installs, setInstalls] = useState<readonly GitInstallView[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLElement>(null);
  const acted = useRef(false);

  useEffect(() => {
    let wanted = true;
    void load().then((reply) => {
      if (!wanted) return;
      if (reply.ok) setInstalls(reply.value.installs);
      else setFailure(reply.error);
    });
    return () => {
      wanted = false;
    };
  }, [load]);

  useEffect(() => {
    // The button that was used may be gone, and the focus with it.
    if (acted.current && document.activeElement === document.body) place.current?.focus();
  }, [installs]);

  async function run(call: 'git.install' | 'git.uninstall', file?: string): Promise<void> {
    setBusy(true);
    acted.current = true;
    const reply = await change(call, url, file);
    const now = await load();
    setBusy(false);
    if (now.ok) setInstalls(now.value.installs);
    setFailure(reply.ok ? (now.ok ? null : now.error) : reply.error);
  }

  if (installs === null) return <FailureNote failure={failure} />;
  const here = installs.filter((install) => install.url === url && install.intact);
  const isUsual = here.some(({ scope }) => scope === 'global');
  return (
    <section ref={place} className={css['group']} aria-label="Git" tabIndex={-1}>
      <h2>Git</h2>
      <p className={css['note']} role="status">
        {gitSentence({ url, installs: here, connection, several })}
      </p>
      <ul aria-label="Settings of git">
        {here.map(({ file, helper }) => (
          <li key={file} className={css['consumer']}>
            <div className={css['title']}>
              <code title={file}>{file}</code>
            </div>
            <Button
              look="quiet"
              busy={busy}
              aria-label={`Remove from ${file}`}
              onClick={() => void run('git.uninstall', file)}
            >
              Remove
            </Button>
            <div className={css['facts']}>
              <CommandLine
                command={`helper = ${helper}`}
                onCopy={(line) => void copyText(line, 'Line copied.')}
              />
            </div>
          </li>
        ))}
      </ul>
      {!isUsual && (
        <Button busy={busy} onClick={() => void run('git.install')}>
          Use with git
        </Button>
      )}
      <FailureNote failure={failure} />
    </section>
  );
}
