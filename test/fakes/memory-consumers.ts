import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { ConsumerId } from '../../contract/ids.ts';
import type { Consumer, ConsumerChange, NewConsumer } from '../../main/consumers/ports.ts';
import type { McpConsumers } from '../../main/gateway/mcp/ports.ts';
import type { Clock } from '../../main/lib/clock.ts';
import { Emitter } from '../../main/lib/emitter.ts';
import { fail, ok, type Result } from '../../main/lib/result.ts';

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Consumers and their keys, in memory. */
export class MemoryConsumers implements McpConsumers {
  readonly #clock: Clock;
  readonly #consumers = new Map<ConsumerId, Consumer>();
  readonly keys = new Map<string, { consumer: ConsumerId; expiresAt: number | null }>();
  readonly #removed = new Emitter<ConsumerId>();
  readonly onRemoved = this.#removed.event;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  list(): readonly Consumer[] {
    return [...this.#consumers.values()];
  }

  get(id: ConsumerId): Consumer | null {
    const known = this.#consumers.get(id);
    return known && (known.expiresAt ?? Infinity) > this.#clock.now() ? known : null;
  }

  authenticate(key: string): Consumer | null {
    const known = this.keys.get(hashOf(key));
    const isOver = (known?.expiresAt ?? Infinity) <= this.#clock.now();
    return known && !isOver ? this.get(known.consumer) : null;
  }

  add(consumer: NewConsumer): Result<{ consumer: Consumer; key: string }> {
    const id = ConsumerId.parse(randomUUID());
    const added = { ...consumer, id, keyStart: 'ttk_', createdAt: this.#clock.now(), lastUsedAt: null };
    this.#consumers.set(id, added);
    const key = this.addKey(id, { expiresAt: null });
    return key.ok ? ok({ consumer: added, key: key.value.key }) : key;
  }

  addKey(
    id: ConsumerId,
    { expiresAt }: { expiresAt: number | null },
  ): Result<{ key: string; keyId: string }> {
    if (!this.#consumers.has(id)) return fail('not-found', 'gone');
    const key = `ttk_${randomBytes(32).toString('base64url')}`;
    this.keys.set(hashOf(key), { consumer: id, expiresAt });
    return ok({ key, keyId: hashOf(key) });
  }

  removeKey(id: ConsumerId, keyId: string): Result<void> {
    if (this.keys.get(keyId)?.consumer !== id) return fail('not-found', 'gone');
    this.keys.delete(keyId);
    return ok(undefined);
  }

  change(id: ConsumerId, change: ConsumerChange): Result<Consumer> {
    const known = this.#consumers.get(id);
    if (!known) return fail('not-found', 'gone');
    const changed = { ...known, ...change };
    this.#consumers.set(id, changed);
    return ok(changed);
  }

  remove(id: ConsumerId): Result<void> {
    if (!this.#consumers.delete(id)) return fail('not-found', 'gone');
    for (const [hash, { consumer }] of this.keys) if (consumer === id) this.keys.delete(hash);
    this.#removed.emit(id);
    return ok(undefined);
  }
}
