import type { TrafficEntry } from '../../contract/gateway.ts';
import type { ConnectionId, ConsumerId } from '../../contract/ids.ts';
import type { GatewayDecision } from '../../contract/vocabulary.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { redact } from '../lib/redact.ts';
import type { TrafficStore, UsageCount } from '../store/ports.ts';
import type { Traffic } from './ports.ts';

const WRITE_AFTER_MS = 1000;
/** So that a flood never holds the loop for long; the rest follows soon. */
const WRITTEN_AT_ONCE = 1000;
const WRITE_REST_AFTER_MS = 50;
/** The store keeps no more. */
const MOST_UNWRITTEN = 10_000;
const EMIT_AFTER_MS = 250;
const MOST_EMITTED = 200;
const MAX_PATH_LENGTH = 500;
const HOUR_MS = 3_600_000;

const REFUSED: ReadonlySet<GatewayDecision> = new Set(['refused', 'denied', 'unanswered', 'limited']);

export interface TrafficLogOptions {
  store: TrafficStore;
  clock: Clock;
  /** A consumer asked a connection. `works`: it was let through and answered. */
  used?:
    | ((connection: ConnectionId, consumer: NonNullable<TrafficEntry['consumer']>, works: boolean) => void)
    | undefined;
}

/** Collects what came in, writes it each second, and emits it in batches. */
export class TrafficLog implements Traffic, Disposable {
  readonly #store: TrafficStore;
  readonly #clock: Clock;
  readonly #used: NonNullable<TrafficLogOptions['used']>;
  #lastId: number;
  #unwritten: TrafficEntry[] = [];
  #unwrittenUsage = new Map<string, UsageCount>();
  #unemitted: TrafficEntry[] = [];
  #leftOut = 0;
  #writing: Disposable | null = null;
  #emitting: Disposable | null = null;
  readonly #emitter = new Emitter<readonly TrafficEntry[]>();
  readonly onEntries = this.#emitter.event;

  constructor({ store, clock, used = () => undefined }: TrafficLogOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#used = used;
    this.#lastId = store.lastId;
  }

  /** How many entries `onEntries` has left out, because there were too many at once. */
  get leftOut(): number {
    return this.#leftOut;
  }

  record({ at, ...entry }: Parameters<Traffic['record']>[0]): void {
    this.#lastId += 1;
    const kept: TrafficEntry = {
      ...entry,
      id: this.#lastId,
      at: isoTime(at),
      path: redact(withoutQuery(entry.path).slice(0, MAX_PATH_LENGTH)),
    };
    this.#unwritten.push(kept);
    if (this.#unwritten.length >= 2 * MOST_UNWRITTEN)
      this.#unwritten = this.#unwritten.slice(-MOST_UNWRITTEN);
    if (entry.consumer !== null) {
      this.#count(entry.consumer, at, kept);
      const { connection, consumer, decision } = entry;
      if (connection !== null)
        this.#used(connection, consumer, decision !== 'failed' && !REFUSED.has(decision));
    }
    this.#writing ??= this.#clock.setTimeout(() => {
      this.#write(WRITTEN_AT_ONCE);
    }, WRITE_AFTER_MS);
    if (this.#emitter.hasListeners) this.#emitSoon(kept);
  }

  list({ limit, before, consumer, connection }: Parameters<Traffic['list']>[0]): TrafficEntry[] {
    this.#writeAll();
    return this.#store.list({ limit, before, consumer, connection } satisfies {
      limit: number;
      before: number | undefined;
      consumer: ConsumerId | undefined;
      connection: ConnectionId | undefined;
    });
  }

  usage({ consumer, since }: Parameters<Traffic['usage']>[0]): ReturnType<Traffic['usage']> {
    this.#writeAll();
    return this.#store.usage({ consumer, since });
  }

  dispose(): void {
    this.#writeAll();
    void this.#emitting?.dispose();
    this.#emitting = null;
  }

  #count({ id: consumer, name }: { id: ConsumerId; name: string }, at: number, entry: TrafficEntry): void {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    const key = `${consumer} ${hour}`;
    let count = this.#unwrittenUsage.get(key);
    if (count === undefined) {
      count = { consumer, name, hour, requests: 0, refused: 0, failed: 0, responseBytes: 0 };
      this.#unwrittenUsage.set(key, count);
    }
    count.name = name;
    const refused = REFUSED.has(entry.decision);
    count.requests += 1;
    if (refused) count.refused += 1;
    // The consumer that left before (status 0) got no answer either.
    else if (entry.decision === 'failed' || entry.status >= 500 || entry.status === 0) count.failed += 1;
    count.responseBytes += entry.responseBytes;
  }

  #emitSoon(entry: TrafficEntry): void {
    this.#unemitted.push(entry);
    if (this.#unemitted.length > 2 * MOST_EMITTED) this.#keepNewest();
    this.#emitting ??= this.#clock.setTimeout(() => {
      this.#emitting = null;
      this.#keepNewest();
      const entries = this.#unemitted;
      this.#unemitted = [];
      this.#emitter.emit(entries);
    }, EMIT_AFTER_MS);
  }

  #keepNewest(): void {
    const tooMany = this.#unemitted.length - MOST_EMITTED;
    if (tooMany <= 0) return;
    this.#leftOut += tooMany;
    this.#unemitted = this.#unemitted.slice(tooMany);
  }

  #writeAll(): void {
    if (this.#writing !== null) this.#write(Number.POSITIVE_INFINITY);
  }

  #write(most: number): void {
    void this.#writing?.dispose();
    const entries = this.#unwritten.slice(0, most);
    this.#unwritten = this.#unwritten.slice(entries.length);
    const usage = [...this.#unwrittenUsage.values()];
    this.#unwrittenUsage = new Map();
    this.#writing =
      this.#unwritten.length === 0
        ? null
        : this.#clock.setTimeout(() => {
            this.#write(WRITTEN_AT_ONCE);
          }, WRITE_REST_AFTER_MS);
    this.#store.write(entries, usage, this.#clock.now());
  }
}

const withoutQuery = (path: string): string => {
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
};
