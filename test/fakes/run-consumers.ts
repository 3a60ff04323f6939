import { randomBytes, randomUUID } from 'node:crypto';
import { ConsumerId, type ConnectionId } from '../../contract/ids.ts';
import type { Consumer, Consumers, Traffic } from '../../main/consumers/ports.ts';
import { Emitter } from '../../main/lib/emitter.ts';
import { ok } from '../../main/lib/result.ts';

/** Consumers of runs, in memory. */
export class RunConsumers implements Pick<Consumers, 'authenticate' | 'get' | 'remove' | 'onRemoved'> {
  readonly #byKey = new Map<string, Consumer>();
  readonly #removed = new Emitter<ConsumerId>();
  readonly onRemoved = this.#removed.event;
  readonly entries: Parameters<Traffic['record']>[0][] = [];
  readonly traffic: Pick<Traffic, 'record'> = { record: (entry) => void this.entries.push(entry) };

  begin(connections: readonly ConnectionId[]): { key: string; consumer: Consumer } {
    const key = `ttk_${randomBytes(32).toString('base64url')}`;
    const consumer: Consumer = {
      id: ConsumerId.parse(randomUUID()),
      kind: 'run',
      name: 'a program',
      connections: new Set(connections),
      rules: [{ then: 'allow' }],
      limits: {},
      keyStart: key.slice(0, 8),
      createdAt: 0,
      expiresAt: null,
      lastUsedAt: null,
      client: null,
    };
    this.#byKey.set(key, consumer);
    return { key, consumer };
  }

  list(): Consumer[] {
    return [...this.#byKey.values()];
  }

  get(id: ConsumerId): Consumer | null {
    return this.list().find((consumer) => consumer.id === id) ?? null;
  }

  authenticate(key: string): Consumer | null {
    return this.#byKey.get(key) ?? null;
  }

  remove(id: ConsumerId): ReturnType<Consumers['remove']> {
    for (const [key, consumer] of this.#byKey) if (consumer.id === id) this.#byKey.delete(key);
    this.#removed.emit(id);
    return ok(undefined);
  }
}
