import type { ConnectionId } from '../../../contract/ids.ts';
import { useApp } from '../../store/use-app.ts';
import { ExportRow } from '../exports/export-row.tsx';
import css from './connection-detail.module.css';

/** The env files that hold this connection's variables now. */
export function ConnectionFiles({ id }: { id: ConnectionId }) {
  const exports = useApp((state) => state.exports);
  const mine = [...exports.values()].filter(({ connection }) => connection?.id === id);
  return (
    <section className={css['section']} aria-label="Env files">
      <h2>Env files</h2>
      {mine.length === 0 ? (
        <p>No env file follows this connection.</p>
      ) : (
        <ul>
          {mine.map((item) => (
            <ExportRow key={item.id} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}
