import type { ConnectionId, ConsumerId } from '../../contract/ids.ts';
import type { GrantView } from '../../contract/grants.ts';
import type { UseView } from '../../contract/uses.ts';
import type { UseKind } from '../../contract/vocabulary.ts';
import { cleanText } from '../lib/clean-text.ts';
import { redact } from '../lib/redact.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import type { UseRecord, UseStore } from '../store/ports.ts';
import type { Uses } from './ports.ts';

/** How long a use may stay unwritten. */
const WRITE_AFTER_MS = 60_000;
const EMIT_AFTER_MS = 1000;
/** Names that are remembered of a connection: a script may run programs by the thousand. */
const MOST_NAMES = 40;
const LONGEST_NAME = 80;

export interface UseLogOptions {
  store: UseStore;
  clock: Clock;
  /** What a key is called; null when it was removed. */
  nameOfKey: (id: ConsumerId) => string | null;
  /** What the person answered about programs. */
  grants: () => readonly Pick<GrantView, 'connection' | 'program' | 'lastUsedAt'>[];
}

type Entry = { -readonly [K in keyof UseRecord]: UseRecord[K] };

const keyOf = (kind: UseKind, name: string): string => `${kind} ${name}`;

export class UseLog implements Uses, Disposable {
  readonly #options: UseLogOptions;
  /** By connection, then by kind and name. */
  readonly #entries = new Map<ConnectionId, Map<string, Entry>>();
  readonly #unwritten = new Set<Entry>();
  /** On disk too. */
  readonly #stored = new Set<Entry>();
  /** Still on disk. */
  readonly #dropped = new Set<Entry>();
  readonly #unemitted = new Set<ConnectionId>();
  #writing: Disposable | null = null;
  #emitting: Disposable | null = null;
  readonly #changed = new Emitter<ConnectionId>();
  readonly onChange = this.#changed.event;

  constructor(options: UseLogOptions) {
    this.#options = options;
    for (const record of options.store.list()) {
      const entry = { ...record };
      this.#of(record.connection).set(keyOf(record.kind, record.name), entry);
      this.#stored.add(entry);
    }
  }

  record(connection: ConnectionId, kind: UseKind, name: string, works = true): void {
    const { clock } = this.#options;
    const entries = this.#of(connection);
    // Most are one of Tokentray's own commands, which have no name.
    const shown = name === '' ? name : redact(cleanText(name, LONGEST_NAME));
    const key = keyOf(kind, shown);
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = { connection, kind, name: shown, at: 0, count: 0, failures: 0 };
      entries.set(key, entry);
      if (entries.size > MOST_NAMES) this.#dropOldest(entries, entry);
    }
    entry.at = clock.now();
    entry.count += 1;
    entry.failures = works ? 0 : entry.failures + 1;
    this.#unwritten.add(entry);
    this.#writing ??= clock.setTimeout(() => {
      this.#write();
    }, WRITE_AFTER_MS);
    if (this.#changed.hasListeners) this.#emitSoon(connection);
  }

  list(connection: ConnectionId): UseView[] {
    const { nameOfKey, grants } = this.#options;
    const uses: UseView[] = [];
    for (const { kind, name, at, count, failures } of this.#entries.get(connection)?.values() ?? []) {
      const consumer = kind === 'key' ? (name as ConsumerId) : null;
      const shown = consumer === null ? name : nameOfKey(consumer);
      // Nothing to lead to is left of a key that was removed.
      if (shown !== null)
        uses.push({ kind, name: shown, consumer, lastUsedAt: isoTime(at), count, failures });
    }
    for (const { connection: of, program, lastUsedAt } of grants()) {
      if (of.id !== connection || lastUsedAt === null) continue;
      uses.push({ kind: 'program', name: program.name, consumer: null, lastUsedAt, count: 1, failures: 0 });
    }
    return uses.sort((a, b) => (a.lastUsedAt < b.lastUsedAt ? 1 : a.lastUsedAt > b.lastUsedAt ? -1 : 0));
  }

  connectionPurged(id: ConnectionId): void {
    for (const entry of this.#entries.get(id)?.values() ?? []) {
      this.#unwritten.delete(entry);
      this.#stored.delete(entry);
    }
    this.#entries.delete(id);
    this.#unemitted.delete(id);
  }

  dispose(): void {
    this.#write();
    void this.#emitting?.dispose();
    this.#emitting = null;
  }

  #of(connection: ConnectionId): Map<string, Entry> {
    let entries = this.#entries.get(connection);
    if (entries === undefined) {
      entries = new Map<string, Entry>();
      this.#entries.set(connection, entries);
    }
    return entries;
  }

  #dropOldest(entries: Map<string, Entry>, added: Entry): void {
    let oldest: Entry | null = null;
    for (const entry of entries.values())
      if (entry !== added && (oldest === null || entry.at < oldest.at)) oldest = entry;
    if (oldest === null) return;
    entries.delete(keyOf(oldest.kind, oldest.name));
    this.#unwritten.delete(oldest);
    if (this.#stored.delete(oldest)) this.#dropped.add(oldest);
  }

  #emitSoon(connection: ConnectionId): void {
    this.#unemitted.add(connection);
    this.#emitting ??= this.#options.clock.setTimeout(() => {
      this.#emitting = null;
      const changed = [...this.#unemitted];
      this.#unemitted.clear();
      for (const id of changed) this.#changed.emit(id);
    }, EMIT_AFTER_MS);
  }

  #write(): void {
    void this.#writing?.dispose();
    this.#writing = null;
    if (this.#unwritten.size === 0) return;
    const [records, dropped] = [[...this.#unwritten], [...this.#dropped]];
    this.#unwritten.clear();
    this.#dropped.clear();
    for (const entry of records) this.#stored.add(entry);
    this.#options.store.save(records, dropped);
  }
}
