import type { ConnectionView } from '../../../contract/connection.ts';
import { useApp } from '../../store/use-app.ts';
import { ExportRow } from '../exports/export-row.tsx';
import { WithFiles } from '../exports/with-files.tsx';
import { PartHead } from './part.tsx';
import css from './use.module.css';

/** Files that have this connection's variables, and a form for one more. */
export function EnvFileUse({ connection, preset }: { connection: ConnectionView; preset: string | null }) {
  const exports = useApp((state) => state.exports);
  const mine = [...exports.values()].filter((item) => item.connection?.id === connection.id);
  return (
    <section aria-label="Env file">
      <PartHead title="Env file" about="rewritten with every new token" />
      {mine.length > 0 && (
        <ul aria-label="Env files" className={css['files']}>
          {mine.map((item) => (
            <ExportRow key={item.id} item={item} />
          ))}
        </ul>
      )}
      {preset === null ? (
        <p className={css['dim']}>
          No preset serves this connection. You can add one of your own in Settings.
        </p>
      ) : (
        <WithFiles>
          {({ EnvFileForm }) => <EnvFileForm connection={connection.id} preset={preset} />}
        </WithFiles>
      )}
    </section>
  );
}
