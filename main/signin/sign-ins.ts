import { randomUUID } from 'node:crypto';
import type { Failure } from '../../contract/errors.ts';
import type { SignInId } from '../../contract/ids.ts';
import type { SignInStage, SignInView } from '../../contract/sign-in.ts';
import { fetchVia, type Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { deadline } from '../lib/deadline.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { assertNever, fail, ok, type Result } from '../lib/result.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import { chooseMethod } from './choose-method.ts';
import { hasEnded, viewOf, type Flow } from './flow.ts';
import type { Conversation, Method } from './method.ts';
import { nextStep } from './next-step.ts';
import type { SaveSignedIn, SignInRequest, SignIns } from './ports.ts';
import { findSite } from './site-choice.ts';
import { viaOf } from './via.ts';

/** For a question to be answered; the new tokens wait in memory. */
const QUESTION_LIMIT_MS = 15 * 60_000;
/** More than anyone needs; limits a compromised page. */
const MOST_OPEN = 20;
/** How long an ended sign-in can still be read. */
const KEEP_ENDED_MS = 10 * 60_000;

const ENDING = fail('cancelled', 'Tokentray is shutting down.');

export interface SignInRegistryOptions {
  registry: Pick<ProviderRegistry, 'get'>;
  methods: readonly Method[];
  /** Bounded in time and size. */
  fetch: Fetch;
  clock: Clock;
  saveSignedIn: SaveSignedIn;
  logger: Logger;
}

/** The sign-ins in progress. Knows no protocol: that is what the method objects are for. */
export class SignInRegistry implements SignIns {
  readonly #options: SignInRegistryOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #flows = new Map<SignInId, Flow>();
  readonly #changed = new Emitter<SignInView>();
  readonly #removed = new Emitter<SignInId>();
  /** Counted before the first await: several may be started at the same time. */
  #starting = 0;
  #disposed = false;
  readonly onChange = this.#changed.event;
  readonly onRemoved = this.#removed.event;

  constructor(options: SignInRegistryOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  list(): SignInView[] {
    return [...this.#flows.values()].map(viewOf);
  }

  get(id: SignInId): Result<SignInView> {
    const flow = this.#flow(id);
    return flow.ok ? ok(viewOf(flow.value)) : flow;
  }

  async start(request: SignInRequest): Promise<Result<SignInView>> {
    if (this.#disposed) return ENDING;
    const open = this.#starting + [...this.#flows.values()].filter((flow) => !hasEnded(flow)).length;
    if (open >= MOST_OPEN)
      return fail('conflict', `${open} sign-ins are already open.`, 'Finish or cancel one of them.');
    this.#starting += 1;
    let prepared: Result<Flow>;
    try {
      prepared = await this.#prepare(request);
    } finally {
      this.#starting -= 1;
    }
    if (!prepared.ok) return prepared;
    const flow = prepared.value;
    // Nothing may start that nobody would end.
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- it may have ended while that was awaited
    if (this.#disposed) {
      void flow.attempt.dispose();
      return ENDING;
    }
    // Registered before anything begins that an answer could come from.
    this.#flows.set(flow.id, flow);
    this.#limit(flow, flow.attempt.limitMs);
    this.#logger.info('sign-in.started', { provider: request.provider });
    const conversation = this.#conversation(flow);
    await this.#guard(flow, async () => {
      await flow.attempt.begin?.(conversation);
    });
    return ok(viewOf(flow));
  }

  async #prepare(request: SignInRequest): Promise<Result<Flow>> {
    const found = this.#options.registry.get(request.provider, request.url);
    if (!found.ok) return found;
    const definition = found.value;
    const chosen = chooseMethod(this.#options.methods, definition, request);
    if (!chosen.ok) return chosen;
    const id = randomUUID() as SignInId;
    const asked = { ...request, ...chosen.value.request };
    const attempt = await chosen.value.method.prepare(asked, definition, id);
    if (!attempt.ok) return attempt;
    const startedAt = this.#clock.now();
    return ok({
      id,
      request: asked,
      definition,
      attempt: attempt.value,
      startedAt,
      deadline: startedAt + attempt.value.limitMs,
      abort: new AbortController(),
      stage: attempt.value.stage,
      received: null,
      accountAccepted: false,
      chosenSite: null,
      saving: false,
      limit: null,
    });
  }

  #conversation(flow: Flow): Conversation {
    const fetch = fetchVia(this.#options.fetch, viaOf(flow.request));
    return {
      id: flow.id,
      request: flow.request,
      definition: flow.definition,
      signal: flow.abort.signal,
      fetch: (url, init) => fetch(url, { ...init, signal: flow.abort.signal }),
      get stage() {
        return flow.stage;
      },
      left: async (stage, timeoutMs) => {
        await this.wait(flow.id, stage, timeoutMs);
      },
      show: (stage, limitMs) => {
        if (hasEnded(flow)) return;
        if (limitMs !== undefined) this.#limit(flow, limitMs);
        this.#enter(flow, stage);
      },
      work: (task) => this.#guard(flow, task),
      finish: async (obtained) => {
        if (hasEnded(flow)) return;
        flow.received = obtained;
        await this.#advance(flow);
      },
      fail: (error) => {
        this.#fail(flow, error);
      },
      expire: () => {
        this.#expire(flow);
      },
    };
  }

  async wait(id: SignInId, stage: string | null, timeoutMs: number): Promise<Result<SignInView>> {
    const flow = this.#flow(id);
    if (!flow.ok) return flow;
    const left = stage ?? flow.value.stage.stage;
    if (flow.value.stage.stage === left && !hasEnded(flow.value))
      await new Promise<void>((resolve) => {
        const end = (): void => {
          void changes.dispose();
          void timer.dispose();
          resolve();
        };
        const timer = this.#clock.setTimeout(end, timeoutMs);
        const changes = this.#changed.event((view) => {
          if (view.id === id && view.stage.stage !== left) end();
        });
      });
    return ok(viewOf(flow.value));
  }

  async complete(id: SignInId, callbackUrl: string): Promise<Result<SignInView>> {
    const flow = this.#flow(id, 'waiting');
    return flow.ok
      ? this.#continue(flow.value, (conversation) => flow.value.attempt.complete?.(conversation, callbackUrl))
      : flow;
  }

  async answer(id: SignInId, values: Readonly<Record<string, string>>): Promise<Result<SignInView>> {
    const flow = this.#flow(id, 'enter-secret');
    return flow.ok
      ? this.#continue(flow.value, (conversation) => flow.value.attempt.answer?.(conversation, values))
      : flow;
  }

  async #continue(
    flow: Flow,
    step: (conversation: Conversation) => Promise<Result<void>> | undefined,
  ): Promise<Result<SignInView>> {
    this.#endOverdue();
    if (hasEnded(flow)) return ok(viewOf(flow));
    let refused: Result<void> | undefined;
    await this.#guard(flow, async () => {
      refused = await step(this.#conversation(flow));
    });
    return refused?.ok === false ? refused : ok(viewOf(flow));
  }

  async chooseSite(id: SignInId, site: string): Promise<Result<SignInView>> {
    const flow = this.#flow(id, 'choose-site');
    if (!flow.ok) return flow;
    const found = findSite(flow.value.received?.sites ?? [], site);
    if (!found.ok) return found;
    flow.value.chosenSite = found.value;
    await this.#guard(flow.value, () => this.#advance(flow.value));
    return ok(viewOf(flow.value));
  }

  async acceptAccount(id: SignInId): Promise<Result<SignInView>> {
    const flow = this.#flow(id, 'confirm-account');
    if (!flow.ok) return flow;
    flow.value.accountAccepted = true;
    await this.#guard(flow.value, () => this.#advance(flow.value));
    return ok(viewOf(flow.value));
  }

  /** Has no effect on a sign-in that has ended or is already being stored. */
  cancel(id: SignInId): Result<SignInView> {
    const flow = this.#flow(id);
    if (!flow.ok) return flow;
    if (!hasEnded(flow.value) && !flow.value.saving)
      this.#fail(flow.value, { code: 'cancelled', message: 'The sign-in was cancelled.' });
    return ok(viewOf(flow.value));
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const { id } of [...this.#flows.values()]) this.cancel(id);
    for (const flow of this.#flows.values()) void flow.limit?.dispose();
    this.#flows.clear();
    for (const method of this.#options.methods) await method.dispose?.();
  }

  #flow(id: SignInId, stage?: SignInStage['stage']): Result<Flow> {
    const flow = this.#flows.get(id);
    if (!flow) return fail('not-found', 'This sign-in is over.', 'Start a new one.');
    if (stage === undefined || flow.stage.stage === stage) return ok(flow);
    return fail(
      'conflict',
      'The sign-in is not waiting for this.',
      'Check its current stage and continue from there.',
    );
  }

  /** After the machine was asleep, the timer may fire later than the callback arrives. */
  #endOverdue(): void {
    for (const flow of this.#flows.values()) this.#expire(flow);
  }

  /** A bug in the middle of a sign-in must not leave the person waiting. */
  async #guard(flow: Flow, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (fault) {
      // Without the message, which might contain a secret.
      this.#logger.error('sign-in.fault', { fault: fault instanceof Error ? fault.name : typeof fault });
      const message = 'Tokentray could not finish the sign-in.';
      this.#fail(flow, { code: 'internal', message, hint: 'Sign in again.' });
    }
  }

  async #advance(flow: Flow): Promise<void> {
    const { received, definition, request } = flow;
    if (!received) return;
    const step = nextStep({ ...flow, ...received });
    switch (step.kind) {
      case 'fail':
        this.#fail(flow, step.error);
        return;
      case 'confirm-account':
        this.#limit(flow, QUESTION_LIMIT_MS);
        this.#enter(flow, { stage: 'confirm-account', expected: step.expected, actual: step.actual });
        return;
      case 'choose-site':
        this.#limit(flow, QUESTION_LIMIT_MS);
        this.#enter(flow, { stage: 'choose-site', account: step.account, sites: step.sites });
        return;
      case 'save':
        break;
      default:
        assertNever(step);
    }
    flow.saving = true;
    if (flow.stage.stage !== 'exchanging') this.#enter(flow, { stage: 'exchanging', notice: null });
    const { method, name, reconnects } = request;
    if (received.grant === 'authorization-code' && received.tokens.refreshToken === null)
      this.#logger.warn('sign-in.no-refresh-token', { provider: definition.id });
    const saved = await this.#options.saveSignedIn({
      ...received,
      provider: definition.id,
      method: method ?? 'oauth2',
      name,
      site: step.site,
      reconnects: reconnects?.id ?? null,
    });
    if (!saved.ok) this.#fail(flow, saved.error);
    else this.#end(flow, { stage: 'done', connection: saved.value });
  }

  #expire(flow: Flow): void {
    if (!hasEnded(flow) && !flow.saving && this.#clock.now() >= flow.deadline) this.#timeOut(flow);
  }

  #timeOut(flow: Flow): void {
    this.#fail(flow, {
      code: 'timed-out',
      message: 'The sign-in was not finished in time.',
      hint: 'Start again when you are ready to sign in.',
    });
  }

  #limit(flow: Flow, limitMs: number): void {
    void flow.limit?.dispose();
    flow.deadline = this.#clock.now() + limitMs;
    flow.limit = deadline(this.#clock, limitMs, () => {
      this.#timeOut(flow);
    });
  }

  #fail(flow: Flow, error: Failure): void {
    if (hasEnded(flow)) return;
    this.#logger.info('sign-in.failed', { provider: flow.definition.id, code: error.code });
    this.#end(flow, { stage: 'failed', error });
  }

  #end(flow: Flow, stage: SignInStage): void {
    flow.received = null;
    flow.abort.abort();
    void flow.attempt.dispose();
    void flow.limit?.dispose();
    flow.limit = deadline(this.#clock, KEEP_ENDED_MS, () => {
      this.#flows.delete(flow.id);
      this.#removed.emit(flow.id);
    });
    this.#enter(flow, stage);
  }

  #enter(flow: Flow, stage: SignInStage): void {
    flow.stage = stage;
    this.#changed.emit(viewOf(flow));
  }
}
