import { randomBytes } from 'node:crypto';
import type { Failure } from '../../../contract/errors.ts';
import type { ConnectionId, SignInId } from '../../../contract/ids.ts';
import type { SignInStage } from '../../../contract/sign-in.ts';
import { isoTime, type Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import type { PlainPage } from '../../lib/plain-page.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import type { identify as identifyAccount } from '../../atlassian/identify.ts';
import { authorizationFailure } from '../../oauth/authorization-failure.ts';
import { authorizationUrl } from '../../oauth/authorization-url.ts';
import type { DiscoveredServer } from '../../oauth/discovered-server.ts';
import type { ProviderDefinition } from '../../providers/definition.ts';
import type { OAuth2Settings } from '../../providers/methods.ts';
import type { OAuthClients } from '../../providers/ports.ts';
import type { OAuthClientRecord } from '../../store/records.ts';
import { listenOnAnyPort, type Listeners } from '../callback-listeners.ts';
import {
  decideCallback,
  type CallbackAnswer,
  type CallbackDecision,
  type CallbackRequest,
  type ExpectedCallback,
} from '../callback-request.ts';
import type { CallbackReceiver } from '../callback-server.ts';
import { EXCHANGE_LIMIT_MS, exchangePatiently, type ExchangedTokens } from '../exchange-patiently.ts';
import { finishPersonsGrant } from '../finish-grant.ts';
import type { ConnectedAs } from '../landing-page.ts';
import { LandingTabs } from '../landing-tabs.ts';
import type { Attempt, Conversation, Method } from '../method.ts';
import type { OAuthSetup } from '../oauth-setup.ts';
import { readPastedCallback } from '../pasted-callback.ts';
import type { SignInRequest } from '../ports.ts';
import { requestedScopes } from '../requested-scopes.ts';
import { readsIdToken } from '../who-signed-in.ts';

/** Time for the person to return from the browser. */
export const CALLBACK_LIMIT_MS = 5 * 60_000;
/** How long a callback that was already answered is still recognised. */
const REMEMBERED_MS = 10 * 60_000;

export interface AuthorizationCodeOptions {
  clients: Pick<OAuthClients, 'secret' | 'refuseRegistration'>;
  setup: Pick<OAuthSetup, 'prepare' | 'unanswered'>;
  clock: Clock;
  openUrl: (url: string) => Promise<Result<void>>;
  identify: typeof identifyAccount;
  /** What a sign-in ended with. */
  connected: (connection: ConnectionId) => ConnectedAs | null;
  listeners: Listeners;
  random?: (size: number) => Buffer;
}

/** `error` values that mean that the server does not know the client (RFC 6749 §4.1.2.1). */
const FORGOTTEN = ['unauthorized_client', 'invalid_client'];

/** What is known of one sign-in before its person comes back from the browser. */
interface Pending {
  readonly id: SignInId;
  readonly definition: ProviderDefinition;
  readonly settings: OAuth2Settings;
  readonly tokenUrl: string;
  readonly client: OAuthClientRecord;
  readonly server: DiscoveredServer | null;
  /** The client's, on the port that this sign-in listens on. */
  readonly redirectUri: string;
  readonly scopes: string[];
  readonly state: string;
  readonly codeVerifier: string;
  /** Null where no ID token is read. */
  readonly nonce: string | null;
  readonly expiresAt: number;
  conversation: Conversation | null;
  listener: Disposable | null;
  answered: boolean;
  /** Of the page that its browser tab ends at. */
  readonly landing: string;
}

/** `oauth2` through the person's browser (RFC 6749 §4.1, RFC 7636, RFC 8252). */
export class AuthorizationCode implements Method, CallbackReceiver {
  readonly methods = ['oauth2'] as const;
  readonly grant = 'authorization-code';
  readonly #options: AuthorizationCodeOptions;
  readonly #random: (size: number) => Buffer;
  readonly #pending = new Map<SignInId, Pending>();
  readonly #tabs: LandingTabs;

  constructor(options: AuthorizationCodeOptions) {
    this.#options = options;
    this.#tabs = new LandingTabs(options);
    this.#random = options.random ?? randomBytes;
  }

  async prepare(request: SignInRequest, given: ProviderDefinition, id: SignInId): Promise<Result<Attempt>> {
    const { clock, setup } = this.#options;
    const parties = await setup.prepare(request, given, this.grant);
    if (!parties.ok) return parties;
    const { definition, settings, client, server } = parties.value;
    const { authorizationUrl: address, tokenUrl } = settings;
    if (address === undefined || tokenUrl === undefined)
      return fail('unsupported', `${definition.name} has no address to sign in at in the browser.`);
    const asked = requestedScopes(definition, settings, request.scopes ?? client.scopes ?? null);
    if (!asked.ok) return asked;
    const listening =
      settings.redirectPort === 'any' ? await listenOnAnyPort(this.#options.listeners, client, this) : null;
    const redirectUri = listening?.redirectUri ?? client.redirectUri;
    const { scopes, notice } = asked.value;
    // RFC 7636 §4.1: 32 random octets.
    const state = this.#random(32).toString('base64url');
    const codeVerifier = this.#random(32).toString('base64url');
    const nonce = readsIdToken(definition) ? this.#random(16).toString('base64url') : null;
    const authorizeUrl = authorizationUrl({
      settings,
      authorizationUrl: address,
      clientId: client.clientId,
      redirectUri,
      scopes,
      state,
      codeVerifier,
      nonce,
    });
    const now = clock.now();
    this.#forgetOld(now);
    const pending: Pending = {
      id,
      definition,
      settings,
      tokenUrl,
      client,
      server,
      redirectUri,
      scopes,
      state,
      codeVerifier,
      nonce,
      expiresAt: now + CALLBACK_LIMIT_MS + REMEMBERED_MS,
      conversation: null,
      listener: listening?.listener ?? null,
      answered: false,
      landing: this.#random(16).toString('base64url'),
    };
    const deadline = isoTime(now + CALLBACK_LIMIT_MS);
    return ok({
      stage: {
        stage: 'waiting',
        authorizeUrl,
        redirectUri,
        listening: false,
        opened: false,
        notice,
        deadline,
      },
      limitMs: CALLBACK_LIMIT_MS,
      asks: { client: client.id, scopes },
      begin: (conversation) => this.#begin(pending, conversation),
      complete: (conversation, callbackUrl) => this.#complete(pending, conversation, callbackUrl),
      dispose: () => {
        if (!pending.answered) setup.unanswered(client);
        pending.answered = true;
        this.#tabs.release(pending.landing, pending.listener);
      },
    });
  }

  /** Registered before the server listens, and the server listens before the browser opens. */
  async #begin(pending: Pending, conversation: Conversation): Promise<void> {
    pending.conversation = conversation;
    this.#pending.set(pending.id, pending);
    const listener = pending.listener
      ? ok(pending.listener)
      : await this.#options.listeners.acquire(pending.redirectUri, this);
    const { stage } = conversation;
    if (stage.stage !== 'waiting') {
      // Cancelled meanwhile.
      if (listener.ok) void listener.value.dispose();
      return;
    }
    if (listener.ok) pending.listener = listener.value;
    conversation.show({ ...stage, listening: listener.ok });
    if (!listener.ok) notice(conversation, listener.error);
    if (!conversation.request.open) return;
    const opened = await this.#options.openUrl(stage.authorizeUrl);
    if (!opened.ok) notice(conversation, opened.error);
    // The callback or a cancellation may have come before the opener's answer.
    else if (conversation.stage.stage === 'waiting')
      conversation.show({ ...conversation.stage, opened: true });
  }

  async #complete(pending: Pending, conversation: Conversation, callbackUrl: string): Promise<Result<void>> {
    const answer = readPastedCallback(callbackUrl, expected(pending));
    if (!answer.ok) return failure(answer.error);
    await this.#receive(pending, conversation, answer.value);
    return ok(undefined);
  }

  decide(request: CallbackRequest): CallbackDecision<SignInId> {
    this.#forgetOld(this.#options.clock.now());
    for (const { conversation } of this.#pending.values()) conversation?.expire();
    return decideCallback(request, [...this.#pending.values()].map(expected));
  }

  receive(request: CallbackRequest): CallbackDecision<SignInId> {
    const decision = this.decide(request);
    const pending = decision.kind === 'accept' ? this.#pending.get(decision.id) : undefined;
    // No longer waiting before anything else can happen: the first valid callback wins.
    if (decision.kind === 'accept' && pending?.conversation) {
      const { conversation } = pending;
      void this.#receive(pending, conversation, decision.answer);
    }
    return decision;
  }

  async #receive(pending: Pending, conversation: Conversation, answer: CallbackAnswer): Promise<void> {
    pending.answered = true;
    if ('error' in answer) {
      if (FORGOTTEN.includes(answer.error)) this.#options.clients.refuseRegistration(pending.client.id);
      conversation.fail(authorizationFailure(pending.definition, answer.error, answer.description));
      return;
    }
    conversation.show({ stage: 'exchanging', notice: null }, EXCHANGE_LIMIT_MS * 2);
    await conversation.work(() => this.#exchange(pending, conversation, answer.code));
  }

  async #exchange(pending: Pending, conversation: Conversation, code: string): Promise<void> {
    const exchanged = await this.#tokens(pending, conversation, code);
    if (!exchanged.ok) {
      conversation.fail(exchanged.error);
      return;
    }
    const { scopes, nonce } = pending;
    const { tokens, idToken } = exchanged.value;
    const { grant } = this;
    await finishPersonsGrant(
      conversation,
      this.#options,
      pending,
      { tokens, idToken, nonce },
      { grant, scopes },
    );
  }

  async #tokens(
    pending: Pending,
    conversation: Conversation,
    code: string,
  ): Promise<Result<ExchangedTokens>> {
    const { clients, clock } = this.#options;
    const { definition, settings, tokenUrl, client, redirectUri, codeVerifier } = pending;
    const secret = clients.secret(client.id);
    if (!secret.ok) return secret;
    const tokens = await exchangePatiently(conversation, {
      clock,
      definition,
      settings,
      tokenUrl,
      client: {
        clientId: client.clientId,
        secret: secret.value,
        name: client.name,
        registered: client.registration !== undefined,
      },
      redirectUri,
      code,
      codeVerifier,
      wantsIdToken: readsIdToken(definition),
    });
    if (!tokens.ok && tokens.error.code === 'misconfigured') clients.refuseRegistration(client.id);
    return tokens;
  }

  async land(request: CallbackRequest): Promise<PlainPage | null> {
    const decision = this.decide(request);
    const pending = decision.kind === 'landing' ? this.#pending.get(decision.id) : undefined;
    if (decision.kind !== 'landing' || !pending?.conversation) return null;
    return this.#tabs.page(pending.landing, pending.conversation, decision.again);
  }

  #forgetOld(now: number): void {
    for (const [id, { expiresAt }] of this.#pending) if (expiresAt < now) this.#pending.delete(id);
  }

  async dispose(): Promise<void> {
    this.#tabs.dispose();
    this.#pending.clear();
    await this.#options.listeners.dispose();
  }
}

const expected = ({
  id,
  redirectUri,
  settings,
  server,
  state,
  answered,
  landing,
  conversation,
}: Pending): ExpectedCallback<SignInId> => ({
  id,
  redirectUri,
  state,
  issuer: settings.issuer,
  issuerRequired: server?.namesIssuer ?? false,
  answered,
  over: conversation === null ? undefined : overBy(conversation.stage),
  landing,
});

function overBy(stage: SignInStage): ExpectedCallback<SignInId>['over'] {
  if (stage.stage !== 'failed') return undefined;
  if (stage.error.code === 'cancelled') return 'cancelled';
  return stage.error.code === 'timed-out' ? 'too-late' : undefined;
}

/** Adds to the notice that is shown while the sign-in waits for the browser. */
function notice(conversation: Conversation, { message, hint }: Failure): void {
  const { stage } = conversation;
  if (stage.stage !== 'waiting') return;
  const parts = [stage.notice, message, hint];
  const text = parts.filter((part) => part !== null && part !== undefined).join(' ');
  conversation.show({ ...stage, notice: text });
}
