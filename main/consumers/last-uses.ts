import type { ConsumerId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { ConsumerStore } from '../store/ports.ts';

/** How long a use may stay unwritten. */
const WRITE_AFTER_MS = 60_000;

/** When each consumer last asked. Written once a minute, because it is recorded with every request. */
export class LastUses implements Disposable {
  readonly #store: ConsumerStore;
  readonly #clock: Clock;
  readonly #uses: Map<ConsumerId, number>;
  readonly #unwritten = new Set<ConsumerId>();
  #timer: Disposable | null = null;

  constructor({ store, clock }: { store: ConsumerStore; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
    this.#uses = new Map(store.lastUses());
  }

  get(id: ConsumerId): number | null {
    return this.#uses.get(id) ?? null;
  }

  record(id: ConsumerId, now: number, kept: boolean): void {
    this.#uses.set(id, now);
    if (!kept) return;
    this.#unwritten.add(id);
    this.#timer ??= this.#clock.setTimeout(() => {
      this.#write();
    }, WRITE_AFTER_MS);
  }

  forget(id: ConsumerId): void {
    this.#uses.delete(id);
    this.#unwritten.delete(id);
  }

  dispose(): void {
    this.#write();
  }

  #write(): void {
    void this.#timer?.dispose();
    this.#timer = null;
    if (this.#unwritten.size === 0) return;
    const uses = [...this.#unwritten].map((id) => [id, this.#uses.get(id) ?? 0] as const);
    this.#unwritten.clear();
    this.#store.saveLastUses(new Map(uses));
  }
}
