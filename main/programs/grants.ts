import type { ProgramView } from '../../contract/grants.ts';
import type { GrantId, ConnectionId } from '../../contract/ids.ts';
import type { GrantLasts } from '../../contract/vocabulary.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { ok, type Result } from '../lib/result.ts';
import type { GrantStore } from '../store/ports.ts';
import type { GrantRecord, ProgramIdentity } from '../store/records.ts';
import { programName } from './describe.ts';
import type { Asking } from './ports.ts';

const DAY_MS = 86_400_000;
/** How long a use may stay unwritten. */
const WRITE_AFTER_MS = 60_000;

/** An answer that holds. */
export interface Grant extends GrantRecord {
  readonly lasts: Exclude<GrantLasts, 'once'>;
  readonly session: Asking['session'];
}

export interface GrantsDependencies {
  readonly store: GrantStore;
  readonly clock: Clock;
  readonly newId: () => GrantId;
}

/** What the person answered about programs. Those for a session are in memory alone. */
export class Grants implements Disposable {
  readonly #given: GrantsDependencies;
  readonly #grants = new Map<GrantId, Grant>();
  readonly #uses: Map<GrantId, number>;
  readonly #unwritten = new Set<GrantId>();
  #timer: Disposable | null = null;
  readonly #changed = new Emitter<void>();
  readonly onChange = this.#changed.event;

  constructor(given: GrantsDependencies) {
    this.#given = given;
    const { store } = given;
    this.#uses = new Map(store.lastUses());
    for (const record of store.list())
      this.#grants.set(record.id, {
        ...record,
        lasts: record.until === null ? 'always' : 'day',
        session: null,
      });
    this.#dropEnded();
  }

  list(): Grant[] {
    this.#dropEnded();
    return [...this.#grants.values()];
  }

  lastUse(id: GrantId): number | null {
    return this.#uses.get(id) ?? null;
  }

  /** What holds for a program now; a *no* before a *yes*. */
  find(connection: ConnectionId, { identity, session }: Asking): Grant | null {
    if (identity === null) return null;
    this.#dropEnded();
    let found: Grant | null = null;
    for (const grant of this.#grants.values()) {
      if (grant.connection !== connection || !isSame(grant.program, identity)) continue;
      if (grant.lasts === 'session' && !isSameSession(grant.session, session)) continue;
      if (grant.decision === 'deny') return grant;
      found = grant;
    }
    return found;
  }

  /** In the place of what was answered before about this program. */
  add(
    connection: ConnectionId,
    { identity, session }: Asking & { identity: ProgramIdentity },
    decision: Grant['decision'],
    lasts: Grant['lasts'],
  ): Result<void> {
    const { store, clock, newId } = this.#given;
    const now = clock.now();
    const before = [...this.#grants.values()].filter(
      (grant) =>
        grant.connection === connection &&
        isSame(grant.program, identity) &&
        (lasts !== 'session' || (grant.lasts === 'session' && isSameSession(grant.session, session))),
    );
    const record: GrantRecord = {
      ...{ id: newId(), connection, program: identity, decision, createdAt: now },
      until: lasts === 'day' ? now + DAY_MS : null,
    };
    if (lasts !== 'session') {
      const saved = store.insert(record);
      if (!saved.ok) return saved;
    }
    const removed = this.#remove(before);
    if (!removed.ok) return removed;
    this.#grants.set(record.id, { ...record, lasts, session: lasts === 'session' ? session : null });
    this.#changed.emit();
    return ok(undefined);
  }

  /** The use that somebody was asked about, and that the answer is of. */
  recordAnswered(grant: Grant): void {
    this.#recordUse(grant, grant.createdAt);
  }

  /** True for its first use that nobody was asked about. Written once a minute. */
  recordUse(grant: Grant): boolean {
    const before = this.#uses.get(grant.id);
    this.#recordUse(grant, this.#given.clock.now());
    return before === undefined || before === grant.createdAt;
  }

  #recordUse({ id, lasts }: Grant, at: number): void {
    const { clock } = this.#given;
    this.#uses.set(id, at);
    if (lasts !== 'session') {
      this.#unwritten.add(id);
      this.#timer ??= clock.setTimeout(() => {
        this.#write();
      }, WRITE_AFTER_MS);
    }
  }

  /** The ids of those that there were. */
  remove(ids: readonly GrantId[]): Result<GrantId[]> {
    const known = [...new Set(ids)].map((id) => this.#grants.get(id)).filter((grant) => grant !== undefined);
    const removed = this.#remove(known);
    if (!removed.ok) return removed;
    if (known.length > 0) this.#changed.emit();
    return ok(known.map(({ id }) => id));
  }

  /** What is shown may have changed. */
  announce(): void {
    this.#changed.emit();
  }

  connectionPurged(connection: ConnectionId): void {
    this.#given.store.forgetConnection(connection);
    for (const grant of [...this.#grants.values()])
      if (grant.connection === connection) this.#forget(grant.id);
    this.#changed.emit();
  }

  dispose(): void {
    this.#write();
  }

  #remove(grants: readonly Grant[]): Result<void> {
    const stored = grants.filter(({ lasts }) => lasts !== 'session').map(({ id }) => id);
    const removed = this.#given.store.remove(stored);
    if (removed.ok) for (const { id } of grants) this.#forget(id);
    return removed;
  }

  #dropEnded(): void {
    const now = this.#given.clock.now();
    const ended = [...this.#grants.values()].filter(({ until }) => until !== null && until <= now);
    if (ended.length === 0) return;
    // One that cannot be deleted now is not counted either, and deleted at the next start.
    if (!this.#remove(ended).ok) for (const { id } of ended) this.#forget(id);
  }

  #forget(id: GrantId): void {
    this.#grants.delete(id);
    this.#uses.delete(id);
    this.#unwritten.delete(id);
  }

  #write(): void {
    void this.#timer?.dispose();
    this.#timer = null;
    if (this.#unwritten.size === 0) return;
    const uses = [...this.#unwritten].map((id) => [id, this.#uses.get(id) ?? 0] as const);
    this.#unwritten.clear();
    this.#given.store.saveLastUses(new Map(uses));
  }
}

const isSame = (one: ProgramIdentity, other: ProgramIdentity): boolean =>
  one.uid === other.uid && one.executable === other.executable && one.script === other.script;

/** Those that nobody knows are not the same. */
const isSameSession = (one: Asking['session'], other: Asking['session']): boolean =>
  one !== null && one.leader === other?.leader && one.beganMs === other.beganMs;

export const viewOfProgram = ({ executable, script }: ProgramIdentity): ProgramView => ({
  name: programName(executable, script),
  executable,
  script,
});
