import { randomBytes, randomUUID } from 'node:crypto';
import { ConsumerId } from '../../contract/ids.ts';
import type { Admission, Consumer, Consumers, NewConsumer, Traffic } from '../../main/consumers/ports.ts';
import { Emitter } from '../../main/lib/emitter.ts';
import { fail, ok } from '../../main/lib/result.ts';

type Entry = Parameters<Traffic['record']>[0];

/** Consumers in memory, with everything allowed unless a test replaces `admit`. */
export class FakeConsumers implements Pick<
  Consumers,
  'onChange' | 'onRemoved' | 'list' | 'authenticate' | 'add' | 'remove'
> {
  readonly #changed = new Emitter<void>();
  readonly #removed = new Emitter<Consumer['id']>();
  readonly #byKey = new Map<string, Consumer>();
  readonly onChange = this.#changed.event;
  readonly onRemoved = this.#removed.event;
  readonly entries: Entry[] = [];
  readonly traffic: Pick<Traffic, 'record'> = { record: (entry) => void this.entries.push(entry) };
  /** How many requests were admitted and have not ended. */
  underWay = 0;
  admit: Admission['admit'] = () => {
    this.underWay += 1;
    return { goes: true, decision: 'allowed', reason: null, end: () => (this.underWay -= 1) };
  };
  readonly admission: Admission = { admit: (request, signal) => this.admit(request, signal) };

  list(): Consumer[] {
    return [...this.#byKey.values()];
  }

  authenticate(key: string): Consumer | null {
    return this.#byKey.get(key) ?? null;
  }

  add(consumer: NewConsumer): ReturnType<Consumers['add']> {
    const key = `ttk_${randomBytes(32).toString('base64url')}`;
    const added: Consumer = {
      ...consumer,
      id: ConsumerId.parse(randomUUID()),
      keyStart: key.slice(0, 8),
      createdAt: 0,
      lastUsedAt: null,
    };
    this.#byKey.set(key, added);
    this.#changed.emit();
    return ok({ consumer: added, key });
  }

  remove(id: Consumer['id']): ReturnType<Consumers['remove']> {
    for (const [key, consumer] of this.#byKey) {
      if (consumer.id !== id) continue;
      this.#byKey.delete(key);
      this.#removed.emit(id);
      this.#changed.emit();
      return ok(undefined);
    }
    return fail('not-found', 'There is no such consumer.');
  }

  /** A key for some connections, or with null for all. */
  key(connections: Consumer['connections'] = null, name = 'agent'): { key: string; id: Consumer['id'] } {
    const made = this.add({
      kind: 'key',
      name,
      connections,
      rules: [],
      limits: {},
      expiresAt: null,
      client: null,
    });
    if (!made.ok) throw new Error(made.error.message);
    return { key: made.value.key, id: made.value.consumer.id };
  }
}
