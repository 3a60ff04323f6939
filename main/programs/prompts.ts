import { createHash, randomUUID } from 'node:crypto';
import { ConsumerId, type ConnectionId } from '../../contract/ids.ts';
import { startedWords } from '../../contract/program-words.ts';
import type { GrantLasts } from '../../contract/vocabulary.ts';
import type { HeldDecision, HeldQueue, HoldOutcome } from '../consumers/held-requests.ts';
import { disposable, type Disposable } from '../lib/disposable.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { Grants } from './grants.ts';
import type { Asking, ProgramRequest } from './ports.ts';

/** Programs that a person can look through, and that leave room for held requests. */
export const MOST_PROMPTS = 20;
/** Requests of one program that wait for the same answer. */
export const MOST_OF_ONE = 200;

export interface PromptsDependencies {
  readonly held: HeldQueue;
  readonly grants: Pick<Grants, 'find' | 'add'>;
  /** Whether there is still something to ask. */
  readonly stillAsked: (connection: ConnectionId) => boolean;
  readonly log: (connection: ConnectionId, event: string, message: string) => void;
}

/** One question to the person, and everything that waits for its answer. */
interface Prompt {
  readonly askers: Map<symbol, Asking>;
  readonly everyoneLeft: AbortController;
  readonly outcome: Promise<HoldOutcome>;
}

/** Asks the person about programs: all requests of one program for one connection wait for one answer. */
export class Prompts {
  readonly #given: PromptsDependencies;
  readonly #prompts = new Map<string, Prompt>();

  constructor(given: PromptsDependencies) {
    this.#given = given;
  }

  /** `full`: too many wait already. Never rejects. */
  async ask(request: ProgramRequest, asking: Asking): Promise<HoldOutcome | 'full'> {
    const key = keyOf(request.connection.id, asking);
    const known = this.#prompts.get(key);
    if (known === undefined ? this.#isFull(asking) : known.askers.size >= MOST_OF_ONE) return 'full';
    const prompt = known ?? this.#open(key, request, asking);
    const me = Symbol();
    prompt.askers.set(me, asking);
    const left = leaving(request.signal);
    request.onWait();
    const outcome = await Promise.race([prompt.outcome, left.promise]);
    void left.dispose();
    prompt.askers.delete(me);
    if (prompt.askers.size === 0) {
      this.#close(key, prompt);
      prompt.everyoneLeft.abort();
    }
    return outcome;
  }

  #isFull({ identity }: Asking): boolean {
    const { held } = this.#given;
    const prompts = held.list().filter(({ consumer }) => consumer.kind === 'program');
    return prompts.length >= MOST_PROMPTS || held.full(idOf(identity)) !== null;
  }

  #open(key: string, { connection, what }: ProgramRequest, { identity, program }: Asking): Prompt {
    const { held, stillAsked, log } = this.#given;
    const { name } = program;
    const { id } = connection;
    const askers = new Map<symbol, Asking>();
    const everyoneLeft = new AbortController();
    const started = startedWords(program);
    log(id, 'asked', `“${name}”${started === '' ? '' : `, ${started},`} asks: ${what}`);
    const outcome = held.hold(
      {
        consumer: { id: idOf(identity), kind: 'program', name },
        connection,
        ...{ api: '', method: '', path: '', summary: what },
        program,
        stillAsked: () => stillAsked(id),
        remember: (decision, lasts) => this.#remember(id, [...askers.values()], decision, lasts),
      },
      everyoneLeft.signal,
    );
    const prompt = { askers, everyoneLeft, outcome };
    this.#prompts.set(key, prompt);
    void outcome.then((ended) => {
      this.#close(key, prompt);
      log(id, EVENTS[ended], `${OUTCOMES[ended](name)}: ${what}`);
    });
    return prompt;
  }

  #close(key: string, prompt: Prompt): void {
    if (this.#prompts.get(key) === prompt) this.#prompts.delete(key);
  }

  /** Sessions of a program may be several: each of those that wait. */
  #remember(
    connection: ConnectionId,
    askers: readonly Asking[],
    decided: HeldDecision,
    lasts: Exclude<GrantLasts, 'once'>,
  ): Result<void> {
    const decision = decided === 'approve' ? 'allow' : 'deny';
    for (const asking of askers) {
      const { identity, program } = asking;
      if (identity === null || !program.lasts.includes(lasts)) return tooLong(asking);
      const known = this.#given.grants.find(connection, asking);
      if (known?.decision === decision && known.lasts === lasts) continue;
      const added = this.#given.grants.add(connection, { ...asking, identity }, decision, lasts);
      if (!added.ok) return added;
    }
    return ok(undefined);
  }
}

const tooLong = ({ program: { name, lasts } }: Asking): Result<never> =>
  fail(
    'invalid-input',
    `An answer about “${name}” holds ${lasts.includes('session') ? 'for its terminal session at most' : 'once at most'}, because Tokentray could not know it again.`,
    lasts.includes('session') ? 'Answer for the session, or once.' : 'Answer once.',
  );

const EVENTS: Readonly<Record<HoldOutcome, string>> = {
  approved: 'allowed',
  denied: 'denied',
  unanswered: 'unanswered',
  left: 'left',
  refused: 'ended',
};

const OUTCOMES: Readonly<Record<HoldOutcome, (name: string) => string>> = {
  approved: (name) => `“${name}” was allowed`,
  denied: (name) => `“${name}” was denied`,
  unanswered: (name) => `Nobody answered “${name}” in time`,
  left: (name) => `“${name}” went away before it was answered`,
  refused: (name) => `“${name}” is no longer asked about`,
};

/**
 * One that cannot be known again shares no answer with others. What may be allowed for its session at most, as a shell can be
 * told anything, shares one with that session alone: the person was shown where the first of them runs.
 */
function keyOf(connection: ConnectionId, { identity, session, program: { lasts } }: Asking): string {
  if (identity === null) return randomUUID();
  const isAnything = !lasts.includes('always');
  if (isAnything && session === null) return randomUUID();
  const where = isAnything && session !== null ? [session.leader, session.beganMs] : [];
  return JSON.stringify([connection, identity.uid, identity.executable, identity.script, ...where]);
}

/** Of a program, always the same: a UUID of our own making (RFC 9562 §5.8). */
function idOf(identity: Asking['identity']): ConsumerId {
  if (identity === null) return ConsumerId.parse(randomUUID());
  const { uid, executable, script } = identity;
  const hex = createHash('sha256')
    .update(JSON.stringify([uid, executable, script]))
    .digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return ConsumerId.parse([...parts, hex.slice(20, 32)].join('-'));
}

function leaving(signal: AbortSignal | undefined): Disposable & { readonly promise: Promise<'left'> } {
  const { promise, resolve } = Promise.withResolvers<'left'>();
  const leave = (): void => {
    resolve('left');
  };
  signal?.addEventListener('abort', leave);
  if (signal?.aborted === true) leave();
  return { promise, ...disposable(() => signal?.removeEventListener('abort', leave)) };
}
