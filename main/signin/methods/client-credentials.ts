import type { SignInId } from '../../../contract/ids.ts';
import { instanceSites, type identify as identifyAccount, type Identity } from '../../atlassian/identify.ts';
import { BEARER, headerOf } from '../../credentials/sent.ts';
import type { Fetch } from '../../lib/bounded-fetch.ts';
import type { Clock } from '../../lib/clock.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { tokenFailure } from '../../oauth/exchange.ts';
import { postToken } from '../../oauth/token-endpoint.ts';
import type { ProviderDefinition } from '../../providers/definition.ts';
import { clientCredentials } from '../../oauth/client-credentials.ts';
import { finishGrant } from '../finish-grant.ts';
import type { Attempt, Conversation, Method } from '../method.ts';
import type { OAuthParties, OAuthSetup } from '../oauth-setup.ts';
import type { SignInRequest } from '../ports.ts';

const LIMIT_MS = 2 * 60_000;

export interface ClientCredentialsOptions {
  setup: Pick<OAuthSetup, 'prepare'>;
  clock: Clock;
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

  async prepare(
    request: SignInRequest,
    definition: ProviderDefinition,
    _id: SignInId,
  ): Promise<Result<Attempt>> {
    const parties = await this.#options.setup.prepare(request, definition, this.grant);
    if (!parties.ok) return parties;
    const { client, secret, settings } = parties.value;
    const { tokenUrl } = settings;
    if (tokenUrl === undefined)
      return fail('unsupported', `The definition of ${definition.name} has no token address.`);
    if (secret === null)
      return fail(
        'invalid-input',
        `The OAuth client “${client.name}” has no secret, and a service account signs in with nothing else.`,
        'Add the client again with its secret.',
      );
    return ok({
      stage: { stage: 'exchanging', notice: null },
      limitMs: LIMIT_MS,
      asks: { client: client.id, scopes: request.scopes ?? settings.clientCredentialsScopes },
      begin: (conversation) => {
        // Not awaited: whoever started it waits for its stages.
        void conversation.work(() => this.#ask(conversation, parties.value, tokenUrl, secret));
        return Promise.resolve();
      },
      dispose: () => undefined,
    });
  }

  async #ask(
    conversation: Conversation,
    parties: OAuthParties,
    tokenUrl: string,
    secret: string,
  ): Promise<void> {
    const { clock } = this.#options;
    const { definition, settings, client } = parties;
    const { request, fetch } = conversation;
    // What such an account may do is set where it is created; only what a person asks for is sent.
    const scopes = request.scopes ?? settings.clientCredentialsScopes;
    const answer = await postToken({
      fetch,
      clock,
      settings,
      tokenUrl,
      client: { clientId: client.clientId, secret },
      parameters: clientCredentials(scopes, settings),
    });
    if (answer.kind !== 'tokens') {
      const failed = tokenFailure(answer, definition, settings, { name: client.name, registered: false });
      if (!failed.ok) conversation.fail(failed.error);
      return;
    }
    // Without a person there is nothing to keep alive but the secret.
    const tokens = { ...answer.tokens, refreshToken: null };
    const granted = tokens.scopes ?? scopes;
    const identity = await this.#identity(fetch, parties, tokens.accessToken, granted);
    await finishGrant(conversation, identity, { client: client.id, grant: this.grant, tokens, scopes });
  }

  /** OpenID Connect names people only (Core §5.3): there the account is the client itself. */
  #identity(
    fetch: Fetch,
    { definition, client }: OAuthParties,
    accessToken: string,
    scopes: readonly string[],
  ): Promise<Result<Identity>> {
    const { kind } = definition.identity;
    if (kind !== 'userinfo' && kind !== 'id-token')
      return this.#options.identify({
        fetch,
        clock: this.#options.clock,
        definition,
        header: headerOf(BEARER, accessToken),
        scopes,
      });
    const account = { id: client.clientId, name: client.name, email: null, pictureUrl: null };
    return Promise.resolve(ok({ account, sites: instanceSites(definition) }));
  }
}
