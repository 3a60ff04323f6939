import { randomBytes } from 'node:crypto';
import type { Failure } from '../../../contract/errors.ts';
import type { SignInId } from '../../../contract/ids.ts';
import { isoTime, type Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import type { identify as identifyAccount } from '../../atlassian/identify.ts';
import { BEARER, headerOf } from '../../credentials/sent.ts';
import { authorizationFailure } from '../../oauth/authorization-failure.ts';
import { authorizationUrl } from '../../oauth/authorization-url.ts';
import { exchangeCode } from '../../oauth/exchange.ts';
import type { ProviderDefinition } from '../../providers/definition.ts';
import { oauth2Of, type OAuth2Settings } from '../../providers/methods.ts';
import type { OAuthClients } from '../../providers/ports.ts';
import type { OAuthClientRecord, TokenSet } from '../../store/records.ts';
import type { Listeners } from '../callback-listeners.ts';
import {
  decideCallback,
  type CallbackAnswer,
  type CallbackDecision,
  type CallbackRequest,
  type ExpectedCallback,
} from '../callback-request.ts';
import type { CallbackReceiver } from '../callback-server.ts';
import type { Attempt, Conversation, Method } from '../method.ts';
import { readPastedCallback } from '../pasted-callback.ts';
import type { SignInRequest } from '../ports.ts';
import { requestedScopes } from '../requested-scopes.ts';

/** Time for the person to return from the browser. */
export const CALLBACK_LIMIT_MS = 5 * 60_000;
/** How long a callback that was already answered is still recognised. */
const REMEMBERED_MS = 10 * 60_000;
/** The code lives for minutes, and the consent behind it cannot be repeated so cheaply. */
const EXCHANGE_LIMIT_MS = 2 * 60_000;
const EXCHANGE_DELAY_MS = 5000;

export interface AuthorizationCodeOptions {
  clients: Pick<OAuthClients, 'choose' | 'secret'>;
  clock: Clock;
  openUrl: (url: string) => Promise<Result<void>>;
  identify: typeof identifyAccount;
  listeners: Listeners;
  random?: (size: number) => Buffer;
}

/** What is known of one sign-in before its person comes back from the browser. */
interface Pending {
  readonly id: SignInId;
  readonly definition: ProviderDefinition;
  readonly settings: OAuth2Settings;
  readonly tokenUrl: string;
  readonly client: OAuthClientRecord;
  readonly scopes: string[];
  readonly state: string;
  readonly codeVerifier: string;
  readonly expiresAt: number;
  conversation: Conversation | null;
  listener: Disposable | null;
  answered: boolean;
}

/** `oauth2` through the person's browser (RFC 6749 §4.1, RFC 7636, RFC 8252). */
export class AuthorizationCode implements Method, CallbackReceiver {
  readonly methods = ['oauth2'] as const;
  readonly grant = 'authorization-code';
  readonly #options: AuthorizationCodeOptions;
  readonly #random: (size: number) => Buffer;
  readonly #pending = new Map<SignInId, Pending>();

  constructor(options: AuthorizationCodeOptions) {
    this.#options = options;
    this.#random = options.random ?? randomBytes;
  }

  async prepare(
    request: SignInRequest,
    definition: ProviderDefinition,
    id: SignInId,
  ): Promise<Result<Attempt>> {
    const { clients, clock } = this.#options;
    const settings = oauth2Of(definition);
    if (!settings?.authorizationUrl || !settings.tokenUrl)
      return fail('unsupported', `The definition of ${definition.name} has no sign-in addresses.`);
    if (settings.authorizationUrl.startsWith('{')) return noInstance(definition);
    const asked = requestedScopes(definition, settings, request.scopes);
    if (!asked.ok) return asked;
    const client = clients.choose(request.provider, request.client);
    if (!client.ok) return client;
    // Read now, so that a locked keychain is noticed before the person signs in.
    const secret = clients.secret(client.value.id);
    if (!secret.ok) return secret;

    const { clientId, redirectUri } = client.value;
    const { scopes, notice } = asked.value;
    // RFC 7636 §4.1: 32 random octets.
    const state = this.#random(32).toString('base64url');
    const codeVerifier = this.#random(32).toString('base64url');
    const { authorizationUrl: address, tokenUrl } = settings;
    const authorizeUrl = await authorizationUrl({
      settings,
      authorizationUrl: address,
      clientId,
      redirectUri,
      scopes,
      state,
      codeVerifier,
    });
    const now = clock.now();
    this.#forgetOld(now);
    const pending: Pending = {
      id,
      definition,
      settings,
      tokenUrl,
      client: client.value,
      scopes,
      state,
      codeVerifier,
      expiresAt: now + CALLBACK_LIMIT_MS + REMEMBERED_MS,
      conversation: null,
      listener: null,
      answered: false,
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
      begin: (conversation) => this.#begin(pending, conversation),
      complete: (conversation, callbackUrl) => this.#complete(pending, conversation, callbackUrl),
      dispose: () => {
        pending.answered = true;
        void pending.listener?.dispose();
      },
    });
  }

  /** Registered before the server listens, and the server listens before the browser opens. */
  async #begin(pending: Pending, conversation: Conversation): Promise<void> {
    pending.conversation = conversation;
    this.#pending.set(pending.id, pending);
    const listener = await this.#options.listeners.acquire(pending.client.redirectUri, this);
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
    void pending.listener?.dispose();
    if ('error' in answer) {
      conversation.fail(authorizationFailure(pending.definition, answer.error, answer.description));
      return;
    }
    conversation.show({ stage: 'exchanging', notice: null }, EXCHANGE_LIMIT_MS * 2);
    await conversation.work(() => this.#exchange(pending, conversation, answer.code));
  }

  async #exchange(pending: Pending, conversation: Conversation, code: string): Promise<void> {
    const tokens = await this.#tokens(pending, conversation, code);
    if (!tokens.ok) {
      conversation.fail(tokens.error);
      return;
    }
    const { definition, client, scopes } = pending;
    const identity = await this.#options.identify({
      fetch: conversation.fetch,
      definition,
      header: headerOf(BEARER, tokens.value.accessToken),
      scopes: tokens.value.scopes ?? scopes,
    });
    if (!identity.ok) {
      conversation.fail(identity.error);
      return;
    }
    await conversation.finish({
      client: client.id,
      grant: this.grant,
      sent: BEARER,
      route: 'default',
      tokens: tokens.value,
      ...identity.value,
      requestedScopes: scopes,
      grantedScopes: tokens.value.scopes ?? scopes,
    });
  }

  /** Tried again while the network or the provider fails: the consent stays good as long as the code lives. */
  async #tokens(pending: Pending, conversation: Conversation, code: string): Promise<Result<TokenSet>> {
    const { clients, clock } = this.#options;
    const { definition, settings, tokenUrl, client, codeVerifier } = pending;
    const secret = clients.secret(client.id);
    if (!secret.ok) return secret;
    const end = clock.monotonicMs() + EXCHANGE_LIMIT_MS;
    for (;;) {
      const tokens = await exchangeCode({
        fetch: conversation.fetch,
        clock,
        definition,
        settings,
        tokenUrl,
        client: { clientId: client.clientId, secret: secret.value, name: client.name },
        redirectUri: client.redirectUri,
        code,
        codeVerifier,
      });
      const passing = !tokens.ok && (tokens.error.code === 'offline' || tokens.error.code === 'temporary');
      if (!passing || conversation.signal.aborted || clock.monotonicMs() + EXCHANGE_DELAY_MS > end)
        return tokens;
      conversation.show({ stage: 'exchanging', notice: `${tokens.error.message} Trying again.` });
      await pause(clock, EXCHANGE_DELAY_MS, conversation.signal);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have ended while that was awaited
      if (conversation.signal.aborted) return tokens;
    }
  }

  #forgetOld(now: number): void {
    for (const [id, { expiresAt }] of this.#pending) if (expiresAt < now) this.#pending.delete(id);
  }

  async dispose(): Promise<void> {
    this.#pending.clear();
    await this.#options.listeners.dispose();
  }
}

const expected = ({ id, client, settings, state, answered }: Pending): ExpectedCallback<SignInId> => ({
  id,
  redirectUri: client.redirectUri,
  state,
  issuer: settings.issuer,
  answered,
});

/** Adds to the notice that is shown while the sign-in waits for the browser. */
function notice(conversation: Conversation, { message, hint }: Failure): void {
  const { stage } = conversation;
  if (stage.stage !== 'waiting') return;
  const parts = [stage.notice, message, hint];
  const text = parts.filter((part) => part !== null && part !== undefined).join(' ');
  conversation.show({ ...stage, notice: text });
}

const pause = (clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      void timer.dispose();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.setTimeout(end, delayMs);
    signal.addEventListener('abort', end);
  });

/** Self-hosted, and nobody said where. */
export const noInstance = ({ name, instance }: ProviderDefinition): Result<never> =>
  fail(
    'invalid-input',
    `${name} is self-hosted: its address is needed.`,
    `Give the base address, such as ${instance?.example ?? 'https://example.com'} (--url on the command line).`,
  );
