import type { ConnectionId } from '../../../contract/ids.ts';
import { RemovalDialog } from '../../components/removal-dialog.tsx';
import { useApp } from '../../store/use-app.ts';
import { useShortPath } from '../../store/use-short-path.ts';
import { WithFiles } from '../exports/with-files.tsx';
import css from './remove-dialog.module.css';

/** Removes several connections; shows the affected env files first. */
export function RemoveSeveralDialog({ connections: ids }: { connections: readonly ConnectionId[] }) {
  const connections = useApp((state) => state.connections);
  const exports = useApp((state) => state.exports);
  const shown = useShortPath();
  const removeSeveral = useApp((state) => state.removeSeveral);
  const left = ids.filter((id) => connections.has(id));
  const selected = new Set(left);
  const files = [...exports.values()].filter(
    ({ connection }) => connection !== null && selected.has(connection.id),
  );

  return (
    <RemovalDialog
      title={`Remove ${left.length} connections?`}
      description="Nothing can use them any more. You can undo this for 30 seconds; then Tokentray deletes their tokens. To also ask for their sign-ins to be revoked, remove them one by one."
      remove={() => removeSeveral(left)}
    >
      <ul className={css['names']} aria-label="Connections">
        {left.map((id) => (
          <li key={id}>{connections.get(id)?.name}</li>
        ))}
      </ul>
      {files.length > 0 && (
        <div>
          <p>{files.length === 1 ? 'One env file uses them:' : `${files.length} env files use them:`}</p>
          <ul className={css['files']} aria-label="Env files that use them">
            {files.map(({ id, file }) => (
              <li key={id}>
                <code>{shown.path(file)}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      <WithFiles loading={null}>{({ RemovalUses }) => <RemovalUses ids={left} />}</WithFiles>
    </RemovalDialog>
  );
}
