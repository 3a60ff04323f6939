import { useEffect, useState } from 'react';
import type { Failure } from '../../../contract/errors.ts';
import type { FolderBinding } from '../../../contract/folder.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import css from './gateway.module.css';

/** Folders in which commands use this connection, whichever is active. Nothing where there are none. */
export function BoundFolders({ connection }: { connection: ConnectionId }) {
  const load = useApp((state) => state.loadFolders);
  const unbind = useApp((state) => state.unbindFolder);
  const announce = useApp((state) => state.announce);
  const shown = useShortPath();
  const [folders, setFolders] = useState<readonly FolderBinding[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  /** Raised to load again. */
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    void load().then((reply) => {
      // Not worth a word: the commands say it where it matters.
      if (wanted && reply.ok) setFolders(reply.value.folders);
    });
    return () => {
      wanted = false;
    };
  }, [load, round]);

  async function take(folder: string): Promise<void> {
    const error = await unbind(folder, connection);
    setFailure(error);
    setRound((count) => count + 1);
    if (error !== null) return;
    announce('The folder is no longer bound.');
    // The button goes.
    document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  }

  const here = folders.filter(({ bound }) => bound.some((each) => each.connection?.id === connection));
  if (here.length === 0) return null;
  return (
    <section className={css['group']} aria-label="Folders">
      <h2>Folders</h2>
      <ul aria-label="Folders">
        {here.map(({ file }) => {
          const folder = file.replace(/[/\\][^/\\]*$/, '') || '/';
          return (
            <li key={file} className={css['consumer']}>
              <code className="clamp" title={folder}>
                <bdi>{shown.path(folder)}</bdi>
              </code>
              <Button look="quiet" aria-label={`Unbind ${folder}`} onClick={() => void take(folder)}>
                Unbind
              </Button>
            </li>
          );
        })}
      </ul>
      <FailureNote failure={failure} />
    </section>
  );
}
