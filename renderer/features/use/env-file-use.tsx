import type { ConnectionView } from '../../../contract/connection.ts';
import { useApp } from '../../store/use-app.ts';
import { EnvFileForm } from '../exports/env-file-form.tsx';
import { ExportRows } from '../exports/export-rows.tsx';
import { PartHead } from './part.tsx';
import css from './use.module.css';

/** Files that have this connection's variables, and a form for one more. */
export function EnvFileUse({ connection, preset }: { connection: ConnectionView; preset: string | null }) {
  const exports = useApp((state) => state.exports);
  const mine = [...exports.values()].filter((item) => item.connection?.id === connection.id);
  return (
    <section aria-label="Env file">
      <PartHead title="Env file" about="rewritten with every new token" />
      {mine.length > 0 && <ExportRows items={mine} />}
      {preset === null ? (
        <p className={css['dim']}>
          No preset serves this connection. You can add one of your own in Settings.
        </p>
      ) : (
        <EnvFileForm key={connection.id} connection={connection.id} preset={preset} />
      )}
    </section>
  );
}
