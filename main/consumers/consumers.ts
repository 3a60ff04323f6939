import type { Rules } from '../../contract/gateway.ts';
import type { ConnectionId, ConsumerId } from '../../contract/ids.ts';
import { cleanName, freeName } from '../connections/name.ts';
import { cleanText } from '../lib/clean-text.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { foldName } from '../store/fold-name.ts';
import type { ConsumerStore } from '../store/ports.ts';
import type { ConsumerRecord } from '../store/records.ts';
import { hashKey, keyStart, looksLikeKey, newKey } from './keys.ts';
import { LastUses } from './last-uses.ts';
import type { Consumer, ConsumerChange, Consumers, NewConsumer } from './ports.ts';

export interface ConsumersDependencies {
  readonly store: ConsumerStore;
  readonly clock: Clock;
  readonly newId: () => ConsumerId;
  readonly random?: (bytes: number) => Uint8Array;
}

interface KnownKey {
  readonly consumer: ConsumerId;
  /** Null: as long as the consumer. */
  readonly expiresAt: number | null;
}

/** Everyone who may ask, in memory; the store follows for all but runs. */
export class ConsumerRegistry implements Consumers, Disposable {
  readonly #given: ConsumersDependencies;
  readonly #consumers = new Map<ConsumerId, Consumer>();
  /** By the hash of the key. */
  readonly #keys = new Map<string, KnownKey>();
  readonly #uses: LastUses;
  readonly #changed = new Emitter<void>();
  readonly #removed = new Emitter<ConsumerId>();
  readonly onChange = this.#changed.event;
  readonly onRemoved = this.#removed.event;

  constructor(given: ConsumersDependencies) {
    this.#given = given;
    const { store, clock } = given;
    this.#uses = new LastUses({ store, clock });
    for (const record of store.list()) this.#consumers.set(record.id, this.#fromRecord(record));
    for (const { hash, consumer, expiresAt } of store.keys())
      if (this.#consumers.has(consumer)) this.#keys.set(hash, { consumer, expiresAt });
  }

  list(): readonly Consumer[] {
    return [...this.#consumers.values()].map((consumer) => this.#withLastUse(consumer));
  }

  get(id: ConsumerId): Consumer | null {
    const known = this.#consumers.get(id);
    return known === undefined || isOver(known, this.#given.clock.now()) ? null : known;
  }

  resolve(reference: string): Result<Consumer> {
    const wanted = foldName(reference.trim());
    const all = [...this.#consumers.values()];
    const found =
      this.#consumers.get(reference as ConsumerId) ?? all.find(({ name }) => foldName(name) === wanted);
    if (found) return ok(this.#withLastUse(found));
    const names = all.slice(0, 5).map(({ name }) => `“${name}”`);
    return fail(
      'not-found',
      `There is no gateway key “${cleanText(reference, 80)}”.`,
      names.length === 0
        ? 'Create one first.'
        : `There ${all.length === 1 ? 'is' : 'are'} ${names.join(', ')}${all.length > 5 ? ' and more' : ''}.`,
    );
  }

  authenticate(key: string): Consumer | null {
    if (!looksLikeKey(key)) return null;
    // Looked up by its hash, so how long it takes says nothing about any key.
    const known = this.#keys.get(hashKey(key));
    const consumer = known && this.#consumers.get(known.consumer);
    if (!known || !consumer) return null;
    const now = this.#given.clock.now();
    if (isOver(known, now) || isOver(consumer, now)) return null;
    this.#uses.record(consumer.id, now, consumer.kind !== 'run');
    return consumer;
  }

  add(consumer: NewConsumer): Result<{ consumer: Consumer; key: string }> {
    const name = this.#nameFor(consumer);
    if (!name.ok) return name;
    const key = newKey(this.#given.random);
    const added: Consumer = Object.freeze({
      ...consumer,
      name: name.value,
      id: this.#given.newId(),
      keyStart: keyStart(key),
      createdAt: this.#given.clock.now(),
      lastUsedAt: null,
    });
    const known = { consumer: added.id, expiresAt: null };
    const hash = hashKey(key);
    const record = toRecord(added);
    const saved = record === null ? ok(undefined) : this.#given.store.insert(record, { hash, ...known });
    if (!saved.ok) return saved;
    this.#consumers.set(added.id, added);
    this.#keys.set(hash, known);
    this.#changed.emit();
    return ok({ consumer: added, key });
  }

  addKey(
    id: ConsumerId,
    { expiresAt }: { expiresAt: number | null },
  ): Result<{ key: string; keyId: string }> {
    const consumer = this.#consumers.get(id);
    if (!consumer) return goneConsumer();
    const now = this.#given.clock.now();
    const key = newKey(this.#given.random);
    const keyId = hashKey(key);
    if (consumer.kind !== 'run') {
      const saved = this.#given.store.addKey({ hash: keyId, consumer: id, expiresAt }, now);
      if (!saved.ok) return saved;
    }
    for (const [hash, known] of this.#keys) if (isOver(known, now)) this.#keys.delete(hash);
    this.#keys.set(keyId, { consumer: id, expiresAt });
    return ok({ key, keyId });
  }

  removeKey(id: ConsumerId, keyId: string): Result<void> {
    if (this.#keys.get(keyId)?.consumer !== id)
      return fail('not-found', 'This key of the gateway no longer exists.');
    if (this.#consumers.get(id)?.kind !== 'run') {
      const removed = this.#given.store.removeKey(keyId);
      if (!removed.ok) return removed;
    }
    this.#keys.delete(keyId);
    return ok(undefined);
  }

  change(id: ConsumerId, change: ConsumerChange): Result<Consumer> {
    const old = this.#consumers.get(id);
    if (!old) return goneConsumer();
    const name = change.name === undefined ? ok(old.name) : this.#checkedName(change.name, id);
    if (!name.ok) return name;
    return this.#save(Object.freeze({ ...old, ...change, name: name.value }));
  }

  remove(id: ConsumerId): Result<void> {
    const old = this.#consumers.get(id);
    if (!old) return goneConsumer();
    if (old.kind !== 'run') {
      const removed = this.#given.store.remove(id);
      if (!removed.ok) return removed;
    }
    this.#consumers.delete(id);
    this.#uses.forget(id);
    for (const [hash, { consumer }] of this.#keys) if (consumer === id) this.#keys.delete(hash);
    this.#removed.emit(id);
    this.#changed.emit();
    return ok(undefined);
  }

  connectionRules(id: ConnectionId): Rules | null {
    return this.#given.store.connectionRules(id);
  }

  setConnectionRules(id: ConnectionId, rules: Rules | null): Result<void> {
    const saved = this.#given.store.setConnectionRules(id, rules);
    if (saved.ok) this.#changed.emit();
    return saved;
  }

  ruledConnections(): readonly ConnectionId[] {
    return this.#given.store.ruledConnections();
  }

  connectionPurged(id: ConnectionId): void {
    this.#given.store.forgetConnection(id);
    for (const consumer of [...this.#consumers.values()]) {
      if (!consumer.connections?.has(id)) continue;
      const connections = new Set(consumer.connections);
      connections.delete(id);
      // If it cannot be saved, the list keeps the id of a connection that never comes back.
      this.#save(Object.freeze({ ...consumer, connections }));
    }
    this.#changed.emit();
  }

  dispose(): void {
    this.#uses.dispose();
  }

  #save(consumer: Consumer): Result<Consumer> {
    const record = toRecord(consumer);
    const saved = record === null ? ok(undefined) : this.#given.store.update(record);
    if (!saved.ok) return saved;
    this.#consumers.set(consumer.id, consumer);
    this.#changed.emit();
    return ok(this.#withLastUse(consumer));
  }

  /** A key has the name that the person gave it; runs and MCP clients bring theirs, and may be several of one name. */
  #nameFor({ kind, name }: NewConsumer): Result<string> {
    if (kind === 'key' || kind === 'remote') return this.#checkedName(name, null);
    const clean = cleanName(cleanText(name, 100) || (kind === 'run' ? 'run' : 'MCP client'));
    return clean.ok ? ok(freeName(clean.value, (free) => !this.#isTaken(free, null))) : clean;
  }

  #checkedName(text: string, own: ConsumerId | null): Result<string> {
    const name = cleanName(text);
    if (!name.ok || !this.#isTaken(name.value, own)) return name;
    return fail(
      'conflict',
      `There is already a gateway key “${name.value}”.`,
      'Choose another name, or remove that one first.',
    );
  }

  #isTaken(name: string, own: ConsumerId | null): boolean {
    const wanted = foldName(name);
    for (const { id, name: other } of this.#consumers.values())
      if (id !== own && foldName(other) === wanted) return true;
    return false;
  }

  #fromRecord(record: ConsumerRecord): Consumer {
    const { connections } = record;
    return Object.freeze({
      ...record,
      connections: connections === null ? null : new Set(connections),
      lastUsedAt: null,
    });
  }

  #withLastUse(consumer: Consumer): Consumer {
    return { ...consumer, lastUsedAt: this.#uses.get(consumer.id) };
  }
}

const isOver = ({ expiresAt }: { expiresAt: number | null }, now: number): boolean =>
  expiresAt !== null && expiresAt <= now;

const goneConsumer = (): Result<never> => fail('not-found', 'This key of the gateway no longer exists.');

/** Null for a run, which is kept in memory alone. */
function toRecord({ kind, connections, fields, lastUsedAt: _, ...others }: Consumer): ConsumerRecord | null {
  if (kind === 'run') return null;
  return {
    ...others,
    ...{ kind, connections: connections === null ? null : [...connections] },
    ...(fields === undefined ? {} : { fields: fields === null ? null : [...fields] }),
  };
}
