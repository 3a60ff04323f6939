import { randomBytes } from 'node:crypto';
import type { Failure } from '../../contract/errors.ts';
import type { SignInId } from '../../contract/ids.ts';
import type { SignInStage, SignInView } from '../../contract/sign-in.ts';
import type { identify as identifyAccount } from '../atlassian/identify.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { deadline } from '../lib/deadline.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { assertNever, fail, ok, type Result } from '../lib/result.ts';
import { authorizationFailure } from './authorization-failure.ts';
import { CallbackListeners, type Listeners } from './callback-listeners.ts';
import {
  decideCallback,
  type CallbackAnswer,
  type CallbackDecision,
  type CallbackRequest,
} from './callback-request.ts';
import type { CallbackReceiver } from './callback-server.ts';
import { exchangeCode } from './exchange.ts';
import { expectedCallback, hasEnded, viewOf, type Flow } from './flow.ts';
import { nextStep } from './next-step.ts';
import { readPastedCallback } from './pasted-callback.ts';
import type { SaveSignedIn, SignInRequest, SignIns } from './ports.ts';
import { CALLBACK_LIMIT_MS, prepareFlow, type PrepareOptions } from './prepare.ts';
import { findSite } from './site-choice.ts';

/** For a question to be answered; the new tokens wait in memory. */
const QUESTION_LIMIT_MS = 15 * 60_000;
/** More than anyone needs; limits a compromised page. */
const MOST_OPEN = 20;
/** How long an ended sign-in can still be read. */
const KEEP_ENDED_MS = 10 * 60_000;

const ENDING = fail('cancelled', 'Tokentray is shutting down.');

export interface SignInsOptions extends Omit<PrepareOptions, 'random'> {
  /** Bounded in time and size. */
  fetch: Fetch;
  random?: (size: number) => Buffer;
  openUrl: (url: string) => Promise<Result<void>>;
  saveSignedIn: SaveSignedIn;
  identify: typeof identifyAccount;
  logger: Logger;
  listeners?: Listeners;
}

/** Signing in with OAuth 2.0 through the person's browser (RFC 8252). */
export class OAuthSignIns implements SignIns, CallbackReceiver {
  readonly #options: SignInsOptions & PrepareOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #listeners: Listeners;
  readonly #flows = new Map<SignInId, Flow>();
  readonly #changed = new Emitter<SignInView>();
  readonly #removed = new Emitter<SignInId>();
  /** Counted before the first await: several may be started at the same time. */
  #starting = 0;
  #disposed = false;
  readonly onChange = this.#changed.event;
  readonly onRemoved = this.#removed.event;

  constructor(options: SignInsOptions) {
    this.#options = { ...options, random: options.random ?? randomBytes };
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#listeners = options.listeners ?? new CallbackListeners(options.clock);
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
      prepared = await prepareFlow(this.#options, request);
    } finally {
      this.#starting -= 1;
    }
    if (!prepared.ok) return prepared;
    // Nothing may start that nobody would end.
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have ended while that was awaited
    if (this.#disposed) return ENDING;
    const flow = prepared.value;
    // Registered before the server listens, and the server listens before the browser opens.
    this.#flows.set(flow.id, flow);
    this.#limit(flow, CALLBACK_LIMIT_MS);
    this.#logger.info('sign-in.started', { provider: request.provider });
    const listener = await this.#listeners.acquire(flow.client.redirectUri, this);
    if (flow.stage.stage !== 'waiting') {
      // Cancelled meanwhile.
      if (listener.ok) void listener.value.dispose();
      return ok(viewOf(flow));
    }
    if (listener.ok) flow.listener = listener.value;
    this.#enter(flow, { ...flow.stage, listening: listener.ok });
    if (!listener.ok) this.#notice(flow, listener.error);
    if (request.open) {
      const opened = await this.#options.openUrl(flow.stage.authorizeUrl);
      if (!opened.ok) this.#notice(flow, opened.error);
    }
    return ok(viewOf(flow));
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
    if (!flow.ok) return flow;
    this.#endOverdue();
    if (hasEnded(flow.value)) return ok(viewOf(flow.value));
    const answer = readPastedCallback(callbackUrl, expectedCallback(flow.value));
    if (!answer.ok) return answer;
    await this.#receive(flow.value, answer.value);
    return ok(viewOf(flow.value));
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
    await this.#listeners.dispose();
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

  decide(request: CallbackRequest): CallbackDecision<SignInId> {
    this.#endOverdue();
    return decideCallback(request, [...this.#flows.values()].map(expectedCallback));
  }

  receive(request: CallbackRequest): CallbackDecision<SignInId> {
    const decision = this.decide(request);
    const flow = decision.kind === 'accept' ? this.#flows.get(decision.id) : undefined;
    // Leaves `waiting` before anything else can happen: the first valid callback wins.
    if (decision.kind === 'accept' && flow) void this.#receive(flow, decision.answer);
    return decision;
  }

  /** After the machine was asleep, the timer may fire later than the callback arrives. */
  #endOverdue(): void {
    for (const flow of this.#flows.values())
      if (flow.stage.stage === 'waiting' && this.#clock.now() >= flow.deadline) this.#timeOut(flow);
  }

  async #receive(flow: Flow, answer: CallbackAnswer): Promise<void> {
    void flow.listener?.dispose();
    void flow.limit?.dispose();
    if ('error' in answer) {
      this.#fail(flow, authorizationFailure(flow.definition, answer.error, answer.description));
      return;
    }
    this.#enter(flow, { stage: 'exchanging' });
    await this.#guard(flow, async () => {
      const finished = await this.#finish(flow, answer.code);
      if (!finished.ok) this.#fail(flow, finished.error);
      else await this.#advance(flow);
    });
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

  async #finish(flow: Flow, code: string): Promise<Result<void>> {
    const { clients, identify } = this.#options;
    const { definition, client, codeVerifier } = flow;
    const via = { provider: definition.id, connection: flow.request.reconnects?.id ?? null };
    const fetch: Fetch = (url, init) => this.#options.fetch(url, { ...init, via, signal: flow.abort.signal });
    const secret = clients.secret(client.id);
    if (!secret.ok) return secret;
    const tokens = await exchangeCode({
      fetch,
      clock: this.#clock,
      definition,
      client: { clientId: client.clientId, secret: secret.value, name: client.name },
      redirectUri: client.redirectUri,
      code,
      codeVerifier,
    });
    if (!tokens.ok) return tokens;
    const identity = await identify({ fetch, definition, accessToken: tokens.value.accessToken });
    if (!identity.ok) return identity;
    if (!hasEnded(flow)) flow.received = { tokens: tokens.value, ...identity.value };
    return ok(undefined);
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
    if (flow.stage.stage !== 'exchanging') this.#enter(flow, { stage: 'exchanging' });
    const { tokens, account, sites } = received;
    if (tokens.refreshToken === null)
      this.#logger.warn('sign-in.no-refresh-token', { provider: definition.id });
    const saved = await this.#options.saveSignedIn({
      provider: definition.id,
      method: 'oauth2',
      client: flow.client.id,
      name: request.name,
      account,
      site: step.site,
      sites,
      requestedScopes: flow.scopes,
      grantedScopes: tokens.scopes ?? flow.scopes,
      tokens,
      reconnects: request.reconnects?.id ?? null,
    });
    if (!saved.ok) this.#fail(flow, saved.error);
    else this.#end(flow, { stage: 'done', connection: saved.value });
  }

  /** Adds to the notice that is shown while the sign-in waits for the browser. */
  #notice(flow: Flow, { message, hint }: Failure): void {
    if (flow.stage.stage !== 'waiting') return;
    const parts = [flow.stage.notice, message, hint];
    const notice = parts.filter((part) => part !== null && part !== undefined).join(' ');
    this.#enter(flow, { ...flow.stage, notice });
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
    void flow.listener?.dispose();
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
