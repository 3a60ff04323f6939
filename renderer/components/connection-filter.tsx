import type { ConnectionId } from '../../contract/ids.ts';
import { useApp } from '../store/use-app.ts';
import { FilterSelect } from './filter-select.tsx';

/** Narrows a list to one connection; null: all of them. */
export function ConnectionFilter({
  value,
  onChange,
}: {
  value: ConnectionId | null;
  onChange: (connection: ConnectionId | null) => void;
}) {
  const connections = useApp((state) => state.connections);
  const names = [...connections.values()].map(({ id, name }) => [id, name] as const);
  return (
    <FilterSelect<ConnectionId | ''>
      label="Connection"
      value={value ?? ''}
      choices={[['', 'All connections'], ...names]}
      onChange={(connection) => {
        onChange(connection === '' ? null : connection);
      }}
    />
  );
}
