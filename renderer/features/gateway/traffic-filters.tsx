import { useMemo } from 'react';
import type { ConsumerId } from '../../../contract/ids.ts';
import { FilterSelect } from '../../components/filter-select.tsx';
import { useApp } from '../../store/use-app.ts';
import { removedWords } from '../../view/gateway-words.ts';
import { ConnectionFilter } from '../../components/connection-filter.tsx';

/** By consumer and by connection. Consumers that are gone are still listed while their requests are shown. */
export function TrafficFilters() {
  const filter = useApp((state) => state.trafficFilter);
  const setFilter = useApp((state) => state.setTrafficFilter);
  const consumers = useApp((state) => state.gateway.consumers);
  const entries = useApp((state) => state.traffic);
  const names = useMemo(() => {
    const all = new Map<ConsumerId, string>();
    for (const { consumer } of entries ?? [])
      if (consumer !== null && !all.has(consumer.id)) all.set(consumer.id, removedWords(consumer.name));
    for (const { id, name } of consumers) all.set(id, name);
    return all;
  }, [entries, consumers]);
  return (
    <>
      <FilterSelect<ConsumerId | ''>
        label="Consumer"
        value={filter.consumer ?? ''}
        choices={[['', 'Everyone'], ...names]}
        onChange={(consumer) => {
          setFilter({ consumer: consumer === '' ? null : consumer });
        }}
      />
      <ConnectionFilter
        value={filter.connection}
        onChange={(connection) => {
          setFilter({ connection });
        }}
      />
    </>
  );
}
