import type { TrafficEntry } from '../../contract/gateway.ts';
import type { ConnectionId, ConsumerId } from '../../contract/ids.ts';

/** The most requests that the list keeps. */
export const TRAFFIC_KEPT = 5000;

/** Whether a request matches, by the same rules that the core applies to older ones. */
export const matchesTrafficFilter = (
  filter: { consumer: ConsumerId | null; connection: ConnectionId | null },
  { consumer, connection }: TrafficEntry,
): boolean =>
  (filter.consumer === null || filter.consumer === consumer?.id) &&
  (filter.connection === null || filter.connection === connection);

/** Both lists as one, newest first, each request once. */
export function mergeTraffic(a: readonly TrafficEntry[], b: readonly TrafficEntry[]): TrafficEntry[] {
  const byId = new Map([...a, ...b].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((one, other) => other.id - one.id);
}

/** The list with what just came, oldest first, in front. What is dropped at the end can be loaded again. */
export function withNewest(
  list: readonly TrafficEntry[],
  came: readonly TrafficEntry[],
): { entries: TrafficEntry[]; dropped: boolean } {
  const all = mergeTraffic(came, list);
  return { entries: all.slice(0, TRAFFIC_KEPT), dropped: all.length > TRAFFIC_KEPT };
}
