import { randomUUID } from 'node:crypto';
import type { GrantView } from '../../contract/grants.ts';
import { GrantId, type ConnectionId } from '../../contract/ids.ts';
import type { HeldQueue } from '../consumers/held-requests.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
import { Emitter } from '../lib/emitter.ts';
import { ok, type Result } from '../lib/result.ts';
import type { ActivityStore, GrantStore } from '../store/ports.ts';
import { Grants, viewOfProgram, type Grant } from './grants.ts';
import type { Approvals, Processes, ProgramRequest, WhoAsks } from './ports.ts';
import { Prompts } from './prompts.ts';
import { deniedBefore, notApproved, tooManyAsk } from './refusals.ts';

export interface ApprovalsDependencies {
  readonly store: GrantStore;
  readonly held: HeldQueue;
  readonly whoAsks: WhoAsks;
  readonly processes: Pick<Processes, 'began'>;
  readonly activity: Pick<ActivityStore, 'append'>;
  /** Null: it is gone. */
  readonly connectionName: (id: ConnectionId) => string | null;
  readonly clock: Clock;
}

export class ProgramApprovals implements Approvals, Disposable {
  readonly #given: ApprovalsDependencies;
  readonly #grants: Grants;
  readonly #prompts: Prompts;
  readonly #changed = new Emitter<void>();
  readonly onChange = this.#changed.event;
  readonly #parts = new DisposableStack();

  constructor(given: ApprovalsDependencies) {
    this.#given = given;
    const { store, clock, held, connectionName } = given;
    const newId = (): GrantId => GrantId.parse(randomUUID());
    this.#grants = this.#parts.add(new Grants({ store, clock, newId }));
    this.#prompts = new Prompts({
      held,
      grants: this.#grants,
      stillAsked: (id) => store.asks(id) && connectionName(id) !== null,
      log: (...entry) => {
        this.#log(...entry);
      },
    });
    this.#parts.add(
      this.#grants.onChange(() => {
        this.#changed.emit();
      }),
    );
    this.#parts.add(
      store.onAsksChange(() => {
        held.recheck();
      }),
    );
  }

  asks(connection: ConnectionId): boolean {
    return this.#given.store.asks(connection);
  }

  async admit(request: ProgramRequest): Promise<Result<void>> {
    const { connection, signal } = request;
    const asking = await this.#given.whoAsks(request.socket);
    const { name } = asking.program;
    if (signal?.aborted === true) return notApproved('left', name, connection.name);
    const grant = this.#grants.find(connection.id, asking);
    if (grant !== null) {
      const first = this.#grants.recordUse(grant);
      if (grant.decision === 'deny') return deniedBefore(name, connection.name);
      if (first)
        this.#log(
          connection.id,
          'used',
          `“${name}” used what it was allowed for the first time: ${request.what}`,
        );
      return ok(undefined);
    }
    const outcome = await this.#prompts.ask(request, asking);
    if (outcome === 'full') return tooManyAsk();
    if (outcome === 'approved') {
      const answered = this.#grants.find(connection.id, asking);
      if (answered !== null) this.#grants.recordAnswered(answered);
      return ok(undefined);
    }
    // It was switched off meanwhile, so that nobody has to be asked.
    const off = this.#given.connectionName(connection.id) !== null && !this.asks(connection.id);
    return outcome === 'refused' && off ? ok(undefined) : notApproved(outcome, name, connection.name);
  }

  setAsks({ id, name }: { id: ConnectionId; name: string }, asks: boolean): Result<void> {
    if (asks === this.asks(id)) return ok(undefined);
    const saved = this.#given.store.setAsks(id, asks);
    if (!saved.ok) return saved;
    const now = asks ? 'need your approval now' : 'no longer need your approval';
    this.#log(id, asks ? 'approval-on' : 'approval-off', `Programs that use “${name}” ${now}.`);
    return saved;
  }

  async list(): Promise<GrantView[]> {
    const sessions = this.#grants.list().filter(({ session }) => session !== null);
    const goOn = await Promise.all(sessions.map((grant) => this.#sessionGoesOn(grant)));
    // Those of sessions are in memory, so this cannot fail.
    this.#grants.remove(sessions.filter((_, at) => goOn[at] === false).map(({ id }) => id));
    return this.known();
  }

  known(): GrantView[] {
    return this.#grants.list().flatMap((grant) => {
      const name = this.#given.connectionName(grant.connection);
      return name === null ? [] : [viewOf(grant, name, this.#grants.lastUse(grant.id))];
    });
  }

  revoke(ids: readonly GrantId[]): Result<GrantId[]> {
    const revoked = this.known().filter(({ id }) => ids.includes(id));
    const removed = this.#grants.remove(ids);
    if (!removed.ok) return removed;
    for (const { program, connection, decision } of revoked) {
      const was = decision === 'allow' ? 'is no longer allowed' : 'is no longer denied';
      this.#log(connection.id, 'revoked', `“${program.name}” ${was}: it is asked about again.`);
    }
    return removed;
  }

  connectionRemoved(): void {
    this.#grants.announce();
    this.#given.held.recheck();
  }

  connectionPurged(id: ConnectionId): void {
    this.#grants.connectionPurged(id);
  }

  dispose(): Promise<void> {
    return this.#parts.dispose();
  }

  async #sessionGoesOn({ session }: Grant): Promise<boolean> {
    if (session === null) return true;
    return (await this.#given.processes.began(session.leader)) === session.beganMs;
  }

  #log(connection: ConnectionId, event: string, message: string): void {
    const { activity, clock } = this.#given;
    activity.append({
      ...{ at: isoTime(clock.now()), level: 'info', event: `program.${event}` },
      ...{ message, connection, export: null },
    });
  }
}

function viewOf(grant: Grant, name: string, usedAt: number | null): GrantView {
  const { id, connection, program, decision, lasts, session, createdAt, until } = grant;
  return {
    ...{ id, decision, lasts },
    program: viewOfProgram(program),
    connection: { id: connection, name },
    session: session?.words ?? null,
    createdAt: isoTime(createdAt),
    until: until === null ? null : isoTime(until),
    lastUsedAt: usedAt === null ? null : isoTime(usedAt),
  };
}
