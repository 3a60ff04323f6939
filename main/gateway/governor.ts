import type { Clock } from '../lib/clock.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { readSignals, type RateSignals } from './rate-signals.ts';

/** What a request has to do: at once, after a wait, or not at all before `afterMs`. */
export type Permit =
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly forMs: number }
  | { readonly kind: 'limited'; readonly afterMs: number };

/** Keeps all consumers together to what a provider asks for. */
export interface Governor {
  /** Costs next to nothing while nobody asked for anything. A wait takes its turn: do wait, and then send. */
  permit(connection: ConnectionRecord, api: string, method: string, path: string): Permit;
  /** After an answer that says something of rates, or is a 429 or 503. `raw`: names and values in turn. */
  learn(
    connection: ConnectionRecord,
    request: { api: string; method: string; path: string },
    answer: { status: number; raw: readonly string[] },
  ): void;
}

/** Shorter waits are waited here; for longer ones the client is told. */
export const LONGEST_WAIT_MS = 2000;
/** Between requests while the provider says that little is left. */
const SPACING_MS = 250;
const SPACED_FOR_MS = 10_000;
const MOST_KEPT = 2000;

const GO: Permit = { kind: 'go' };

/** What holds for a class of requests. Both times: whichever passes first, since either clock may have jumped or slept. */
interface Hold {
  untilMonotonicMs: number;
  untilWallMs: number;
  /** Null: nothing may go; else the earliest time of the next one, monotonic ms. */
  spacedNextMs: number | null;
}

/** Pure but for the clock. */
export function createGovernor(clock: Pick<Clock, 'now' | 'monotonicMs'>): Governor {
  const holds = new Map<string, Hold>();

  const isOver = ({ untilMonotonicMs, untilWallMs }: Hold, monotonicMs: number, now: number): boolean =>
    monotonicMs >= untilMonotonicMs || now >= untilWallMs;

  function hold(key: string, forMs: number, spaced: boolean): void {
    const monotonicMs = clock.monotonicMs();
    const known = holds.get(key);
    const until = monotonicMs + forMs;
    // A full stop is not weakened by what says less.
    if (spaced && known?.spacedNextMs === null && !isOver(known, monotonicMs, clock.now())) return;
    const spacedNextMs = spaced ? Math.max(known?.spacedNextMs ?? 0, monotonicMs + SPACING_MS) : null;
    holds.set(key, { untilMonotonicMs: until, untilWallMs: clock.now() + forMs, spacedNextMs });
    if (holds.size > MOST_KEPT) forgetOver(monotonicMs);
  }

  function forgetOver(monotonicMs: number): void {
    const now = clock.now();
    for (const [key, each] of holds) if (isOver(each, monotonicMs, now)) holds.delete(key);
    const [oldest] = holds.keys();
    if (holds.size > MOST_KEPT && oldest !== undefined) holds.delete(oldest);
  }

  function permitOf(key: string, monotonicMs: number): Permit {
    const known = holds.get(key);
    if (known === undefined) return GO;
    if (isOver(known, monotonicMs, clock.now())) {
      holds.delete(key);
      return GO;
    }
    if (known.spacedNextMs === null) return waitOrRefuse(known.untilMonotonicMs - monotonicMs);
    const permit = waitOrRefuse(known.spacedNextMs - monotonicMs);
    if (permit.kind !== 'limited')
      known.spacedNextMs = Math.max(known.spacedNextMs, monotonicMs) + SPACING_MS;
    return permit;
  }

  return {
    permit: (connection, api, method, path) => {
      if (holds.size === 0) return GO;
      const monotonicMs = clock.monotonicMs();
      const whole = permitOf(tenantKey(connection, api), monotonicMs);
      return whole.kind === 'go' ? permitOf(endpointKey(connection, api, method, path), monotonicMs) : whole;
    },
    learn: (connection, { api, method, path }, { status, raw }) => {
      const asked = decide(status, readSignals(raw, clock.now()));
      if (asked === null) return;
      const key =
        asked.of === 'tenant' ? tenantKey(connection, api) : endpointKey(connection, api, method, path);
      hold(key, asked.forMs, asked.spaced);
    },
  };
}

/** Pure: what an answer asks for; null: nothing. */
export function decide(
  status: number,
  { waitMs, remaining, nearLimit, reason }: RateSignals,
): { of: 'tenant' | 'endpoint'; forMs: number; spaced: boolean } | null {
  const of = reason.includes('quota') ? 'tenant' : 'endpoint';
  const refused = status === 429 || status === 503;
  if ((refused || remaining === 0) && waitMs !== null && waitMs > 0)
    return { of, forMs: waitMs, spaced: false };
  // Without a time: a short pause, since asking again at once is what it objects to.
  if (status === 429) return { of, forMs: 1000, spaced: false };
  if (nearLimit) return { of, forMs: Math.min(waitMs ?? SPACED_FOR_MS, SPACED_FOR_MS), spaced: true };
  return null;
}

const waitOrRefuse = (forMs: number): Permit => {
  if (forMs <= 0) return GO;
  return forMs <= LONGEST_WAIT_MS ? { kind: 'wait', forMs } : { kind: 'limited', afterMs: forMs };
};

/** An account at a site: every connection to it, whoever made it, draws from the same. */
const tenantKey = ({ provider, site, account }: ConnectionRecord, api: string): string =>
  JSON.stringify([provider, site?.cloudId ?? site?.url ?? '', account.id, api]);

const endpointKey = (connection: ConnectionRecord, api: string, method: string, path: string): string =>
  `${tenantKey(connection, api)} ${method} ${endpointClass(path)}`;

/** A path with what names one thing replaced: `/rest/api/3/issue/ABC-1` and `…/ABC-2` are one endpoint. Pure. */
export const endpointClass = (path: string): string =>
  path
    .split('/', 8)
    .map((segment) => (/\d/.test(segment) && !/^v?\d(?:\.\d)?$/.test(segment) ? '*' : segment))
    .join('/');
