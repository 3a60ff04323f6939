import type { ConnectionId } from '../../contract/ids.ts';
import { useApp } from '../store/use-app.ts';

/** Narrows a list to one connection; null: all of them. */
export function ConnectionFilter({
  value,
  onChange,
}: {
  value: ConnectionId | null;
  onChange: (connection: ConnectionId | null) => void;
}) {
  const connections = useApp((state) => state.connections);
  return (
    <select
      aria-label="Connection"
      value={value ?? ''}
      onChange={(event) => {
        const chosen = event.target.value;
        onChange(chosen === '' ? null : (chosen as ConnectionId));
      }}
    >
      <option value="">All connections</option>
      {[...connections.values()].map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
