import { useMemo } from 'react';
import type { ConsumerId } from '../../../contract/ids.ts';
import { useApp } from '../../store/use-app.ts';
import { ConnectionFilter } from '../../components/connection-filter.tsx';

/** By consumer and by connection. Consumers that are gone are still listed while their requests are shown. */
export function TrafficFilters() {
  const filter = useApp((state) => state.trafficFilter);
  const setFilter = useApp((state) => state.setTrafficFilter);
  const consumers = useApp((state) => state.gateway.consumers);
  const entries = useApp((state) => state.traffic);
  const names = useMemo(() => {
    const all = new Map<ConsumerId, string>();
    for (const { consumer } of entries ?? []) if (consumer !== null) all.set(consumer.id, consumer.name);
    for (const { id, name } of consumers) all.set(id, name);
    return all;
  }, [entries, consumers]);
  return (
    <>
      <select
        aria-label="Consumer"
        value={filter.consumer ?? ''}
        onChange={(event) => {
          const { value } = event.target;
          setFilter({ consumer: value === '' ? null : (value as ConsumerId) });
        }}
      >
        <option value="">Everyone</option>
        {[...names].map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <ConnectionFilter
        value={filter.connection}
        onChange={(connection) => {
          setFilter({ connection });
        }}
      />
    </>
  );
}
