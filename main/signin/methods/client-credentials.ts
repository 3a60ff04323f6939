import type { SignInId } from '../../../contract/ids.ts';
import type { identify as identifyAccount } from '../../atlassian/identify.ts';
import { BEARER, headerOf } from '../../credentials/sent.ts';
import type { Fetch } from '../../lib/bounded-fetch.ts';
import type { Clock } from '../../lib/clock.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { tokenFailure } from '../../oauth/exchange.ts';
import { postToken } from '../../oauth/token-endpoint.ts';
import type { ProviderDefinition } from '../../providers/definition.ts';
import { oauth2Of, type OAuth2Settings } from '../../providers/methods.ts';
import type { OAuthClients } from '../../providers/ports.ts';
import { clientCredentials } from '../../oauth/client-credentials.ts';
import type { OAuthClientRecord } from '../../store/records.ts';
import type { Attempt, Conversation, Method } from '../method.ts';
import type { SignInRequest } from '../ports.ts';
import { noInstance } from './authorization-code.ts';

const LIMIT_MS = 2 * 60_000;

export interface ClientCredentialsOptions {
  clients: Pick<OAuthClients, 'choose' | 'secret'>;
  clock: Clock;
  /** Bounded in time and size. */
  fetch: Fetch;
  identify: typeof identifyAccount;
}

/** `oauth2` for a program's own account, without a person (RFC 6749 §4.4); Atlassian calls it a service account. */
export class ClientCredentials implements Method {
  readonly methods = ['oauth2'] as const;
  readonly grant = 'client-credentials';
  readonly #options: ClientCredentialsOptions;

  constructor(options: ClientCredentialsOptions) {
    this.#options = options;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
  async prepare(
    request: SignInRequest,
    definition: ProviderDefinition,
    _id: SignInId,
  ): Promise<Result<Attempt>> {
    const settings = oauth2Of(definition);
    const tokenUrl = settings?.tokenUrl;
    if (!settings || tokenUrl === undefined)
      return fail('unsupported', `The definition of ${definition.name} has no token address.`);
    if (tokenUrl.startsWith('{')) return noInstance(definition);
    const client = this.#options.clients.choose(request.provider, request.client);
    if (!client.ok) return client;
    const secret = this.#options.clients.secret(client.value.id);
    if (!secret.ok) return secret;
    if (secret.value === null)
      return fail(
        'invalid-input',
        `The OAuth client “${client.value.name}” has no secret, and a service account signs in with nothing else.`,
        'Add the client again with its secret.',
      );
    const credentials = { clientId: client.value.clientId, secret: secret.value };
    return ok({
      stage: { stage: 'exchanging', notice: null },
      limitMs: LIMIT_MS,
      begin: (conversation) => {
        // Not awaited: whoever started it waits for its stages.
        void conversation.work(() => this.#ask(conversation, settings, tokenUrl, client.value, credentials));
        return Promise.resolve();
      },
      dispose: () => undefined,
    });
  }

  async #ask(
    conversation: Conversation,
    settings: OAuth2Settings,
    tokenUrl: string,
    client: OAuthClientRecord,
    credentials: { clientId: string; secret: string },
  ): Promise<void> {
    const { clock, identify } = this.#options;
    const { definition, request } = conversation;
    const fetch: Fetch = (url, init) => this.#options.fetch(url, { ...init, signal: conversation.signal });
    // What such an account may do is set where it is created; only what a person asks for is sent.
    const scopes = request.scopes ?? settings.clientCredentialsScopes;
    const answer = await postToken({
      fetch,
      clock,
      settings,
      tokenUrl,
      client: credentials,
      parameters: clientCredentials(scopes, settings),
    });
    if (answer.kind !== 'tokens') {
      const failed = tokenFailure(answer, definition, settings, client.name);
      if (!failed.ok) conversation.fail(failed.error);
      return;
    }
    // Without a person there is nothing to keep alive but the secret.
    const tokens = { ...answer.tokens, refreshToken: null };
    const granted = tokens.scopes ?? scopes;
    const identity = await identify({
      fetch,
      definition,
      header: headerOf(BEARER, tokens.accessToken),
      scopes: granted,
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
      tokens,
      ...identity.value,
      requestedScopes: scopes,
      grantedScopes: granted,
    });
  }
}
