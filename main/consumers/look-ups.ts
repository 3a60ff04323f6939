import type { Clock } from '../lib/clock.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { LookUp } from './ports.ts';

const KEPT_MS = 60_000;
const MOST_KEPT = 500;

/** Keeps answers for a minute, so that a loop over one page asks once. Requests of the same moment share one question. */
export function cachedLookUp(lookUp: LookUp, clock: Clock): LookUp {
  const kept = new Map<string, { answer: Promise<unknown>; untilMs: number }>();
  return (connection: ConnectionRecord, api: string, path: string) => {
    const key = `${connection.id} ${connection.generation} ${api} ${path}`;
    const now = clock.monotonicMs();
    const known = kept.get(key);
    if (known !== undefined && known.untilMs > now) return known.answer;
    // The oldest is the first, because each is put at the end.
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    const answer = lookUp(connection, api, path).catch(() => null);
    kept.set(key, { answer, untilMs: now + KEPT_MS });
    // No answer is not kept: the next request may get one.
    void answer.then((value) => {
      if (value === null && kept.get(key)?.answer === answer) kept.delete(key);
    });
    return answer;
  };
}
