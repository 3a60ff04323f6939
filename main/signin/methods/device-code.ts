import type { SignInId } from '../../../contract/ids.ts';
import type { identify as identifyAccount } from '../../atlassian/identify.ts';
import { fetchVia, type Fetch } from '../../lib/bounded-fetch.ts';
import { isoTime, type Clock } from '../../lib/clock.ts';
import { pause } from '../../lib/pause.ts';
import { assertNever, fail, ok, type Result } from '../../lib/result.ts';
import { authorizeDevice, type DeviceAuthorization } from '../../oauth/device-authorization.ts';
import { afterPoll } from '../../oauth/device-poll.ts';
import { lossOf, tokenFailure } from '../../oauth/exchange.ts';
import { postToken, type TokenEndpointAnswer } from '../../oauth/token-endpoint.ts';
import type { ProviderDefinition } from '../../providers/definition.ts';
import type { OAuthClients } from '../../providers/ports.ts';
import { finishPersonsGrant } from '../finish-grant.ts';
import type { Attempt, Conversation, Method } from '../method.ts';
import type { OAuthParties, OAuthSetup } from '../oauth-setup.ts';
import type { SignInRequest } from '../ports.ts';
import { requestedScopes } from '../requested-scopes.ts';
import { viaOf } from '../via.ts';
import { readsIdToken } from '../who-signed-in.ts';

/** For the last answer to arrive and the account to be read. */
const FINISH_LIMIT_MS = 2 * 60_000;

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';

export interface DeviceCodeOptions {
  clients: Pick<OAuthClients, 'refuseRegistration'>;
  setup: Pick<OAuthSetup, 'prepare' | 'unanswered'>;
  clock: Clock;
  /** Bounded in time and size. */
  fetch: Fetch;
  openUrl: (url: string) => Promise<Result<void>>;
  identify: typeof identifyAccount;
}

/** One sign-in while its person enters the code. */
interface Waiting {
  readonly parties: OAuthParties;
  readonly tokenUrl: string;
  readonly device: DeviceAuthorization;
  readonly scopes: string[];
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** `oauth2` with a code that its person enters in any browser, on any device (RFC 8628). */
export class DeviceCode implements Method {
  readonly methods = ['oauth2'] as const;
  readonly grant = 'device-code';
  readonly #options: DeviceCodeOptions;

  constructor(options: DeviceCodeOptions) {
    this.#options = options;
  }

  async prepare(request: SignInRequest, given: ProviderDefinition, _id: SignInId): Promise<Result<Attempt>> {
    const { setup, fetch, clock } = this.#options;
    const parties = await setup.prepare(request, given, this.grant);
    if (!parties.ok) return parties;
    const { definition, settings, client, secret } = parties.value;
    const { deviceAuthorizationUrl, tokenUrl } = settings;
    if (deviceAuthorizationUrl === undefined || tokenUrl === undefined)
      return fail('unsupported', `${definition.name} has no address to sign in at with a code.`);
    const asked = requestedScopes(definition, settings, request.scopes ?? client.scopes ?? null);
    if (!asked.ok) return asked;
    const { scopes, notice } = asked.value;
    const device = await authorizeDevice({
      fetch: fetchVia(fetch, viaOf(request)),
      providerName: definition.name,
      settings,
      deviceAuthorizationUrl,
      client: { clientId: client.clientId, secret },
      scopes,
    });
    if (!device.ok) {
      if (device.error.code === 'misconfigured') setup.unanswered(client);
      return device;
    }
    const { userCode, verificationUrl, completeUrl, expiresInSeconds } = device.value;
    const expiresAt = clock.now() + expiresInSeconds * 1000;
    const waiting = { parties: parties.value, tokenUrl, device: device.value, scopes, expiresAt };
    const deadline = isoTime(expiresAt);
    return ok({
      stage: { stage: 'enter-code', userCode, verificationUrl, completeUrl, notice, deadline },
      limitMs: expiresInSeconds * 1000,
      asks: { client: client.id, scopes },
      begin: (conversation) => this.#begin(waiting, conversation),
      dispose: () => undefined,
    });
  }

  async #begin(waiting: Waiting, conversation: Conversation): Promise<void> {
    // Not awaited: whoever started it shows the code meanwhile.
    void conversation.work(() => this.#poll(waiting, conversation));
    if (!conversation.request.open) return;
    const { completeUrl, verificationUrl } = waiting.device;
    const opened = await this.#options.openUrl(completeUrl ?? verificationUrl);
    if (!opened.ok) showNotice(conversation, opened.error.message);
  }

  /** Until its person has answered or the code has expired; then the registry's limit ends it. */
  async #poll(waiting: Waiting, conversation: Conversation): Promise<void> {
    const { clock } = this.#options;
    const { definition, settings, client } = waiting.parties;
    const usualNotice = noticeOf(conversation);
    let { intervalSeconds } = waiting.device;
    let delaySeconds = intervalSeconds;
    let faults = 0;
    let loss: string | null = null;
    for (;;) {
      await pause(clock, delaySeconds * 1000, conversation.signal);
      if (conversation.signal.aborted) return;
      const answer = await this.#ask(waiting, conversation);
      const next = afterPoll(answer, intervalSeconds, faults);
      switch (next.kind) {
        case 'again':
          ({ intervalSeconds, delaySeconds } = next);
          faults = next.trouble === null ? 0 : faults + 1;
          loss ??= lossOf(answer);
          showNotice(conversation, next.trouble === null ? usualNotice : `${next.trouble}. Trying again.`);
          break;
        case 'tokens':
          return this.#finish(waiting, conversation, next.answer);
        case 'denied':
          conversation.fail({
            code: 'denied',
            message: `Access was denied at ${definition.name}.`,
            hint: 'Sign in again and accept the request.',
          });
          return;
        case 'expired':
          conversation.fail({
            code: 'timed-out',
            message: 'The code has expired.',
            hint: 'Start again when you are ready to sign in.',
          });
          return;
        case 'refused': {
          const { answer: refusal } = next;
          const registered = client.registration !== undefined;
          const failedClient = { name: client.name, registered };
          const failed = tokenFailure(refusal, definition, settings, failedClient, loss);
          if (failed.ok) return;
          if (failed.error.code === 'misconfigured') this.#options.clients.refuseRegistration(client.id);
          conversation.fail(failed.error);
          return;
        }
        default:
          assertNever(next);
      }
    }
  }

  #ask({ parties, tokenUrl, device }: Waiting, conversation: Conversation): Promise<TokenEndpointAnswer> {
    const { definition, settings, client, secret } = parties;
    return postToken({
      fetch: conversation.fetch,
      clock: this.#options.clock,
      settings,
      tokenUrl,
      client: { clientId: client.clientId, secret },
      parameters: { grant_type: GRANT_TYPE, device_code: device.deviceCode },
      wantsIdToken: readsIdToken(definition),
    });
  }

  async #finish(
    { parties, scopes }: Waiting,
    conversation: Conversation,
    { tokens, idToken = null }: TokenEndpointAnswer & { kind: 'tokens' },
  ): Promise<void> {
    conversation.show({ stage: 'exchanging', notice: null }, FINISH_LIMIT_MS);
    const exchanged = { tokens, idToken, nonce: null };
    const { grant } = this;
    await finishPersonsGrant(conversation, this.#options, parties, exchanged, { grant, scopes });
  }
}

const noticeOf = ({ stage }: Conversation): string | null =>
  stage.stage === 'enter-code' ? stage.notice : null;

/** Only a change is shown: whoever waits would be woken by each poll. */
function showNotice(conversation: Conversation, notice: string | null): void {
  const { stage } = conversation;
  if (stage.stage === 'enter-code' && stage.notice !== notice) conversation.show({ ...stage, notice });
}
