import type { DamagedRecord } from '../../contract/status.ts';
import { isoTime } from '../lib/clock.ts';
import type { Result } from '../lib/result.ts';
import type { Services } from './services.ts';

/** The rows of a kind that cannot be read, for a list; an empty object if there are none. */
export function damagedOf(
  { store }: Pick<Services, 'store'>,
  kind: DamagedRecord['kind'],
): { damaged?: DamagedRecord[] } {
  const damaged = store.damaged.list().filter((record) => record.kind === kind);
  return damaged.length === 0 ? {} : { damaged };
}

/** Removes a row that cannot be read, by ID or name; null if there is no such row. */
export function removeDamaged(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  kind: DamagedRecord['kind'],
  reference: string,
): Result<DamagedRecord> | null {
  const removed = store.damaged.remove(kind, reference);
  if (!removed.ok) return removed.error.code === 'not-found' ? null : removed;
  store.activity.append({
    at: isoTime(clock.now()),
    level: 'info',
    event: 'store.damaged-removed',
    message: `“${removed.value.name}”, which could not be read, was removed.`,
    connection: null,
    export: null,
  });
  return removed;
}
