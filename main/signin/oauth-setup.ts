import type { OAuthGrant } from '../../contract/connection.ts';
import { fetchVia, type Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { ClientAuthentication, DiscoveredServer } from '../oauth/discovered-server.ts';
import type { Discovery } from '../oauth/discovery.ts';
import { endpointsOf, onServer } from '../oauth/endpoints.ts';
import { registerClient } from '../oauth/registration.ts';
import { postToken } from '../oauth/token-endpoint.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { isClientIdDocument } from '../providers/oauth2-method.ts';
import { oauth2Of, type OAuth2Settings } from '../providers/methods.ts';
import type { OAuthClients } from '../providers/ports.ts';
import type { OAuthClientRecord } from '../store/records.ts';
import type { SignInRequest } from './ports.ts';
import { viaOf } from './via.ts';

export interface OAuthSetupOptions {
  clients: Pick<
    OAuthClients,
    'choose' | 'secret' | 'registered' | 'addRegistered' | 'keepServer' | 'refuseRegistration'
  >;
  discovery: Discovery;
  /** Bounded in time and size. */
  fetch: Fetch;
  clock: Clock;
}

/** What an OAuth sign-in begins with. */
export interface OAuthParties {
  /** With every address that is known. */
  definition: ProviderDefinition;
  /** Those of `definition`. */
  settings: OAuth2Settings;
  /** Null where the definition asks for no discovery. */
  server: DiscoveredServer | null;
  client: OAuthClientRecord;
  /** Null: a public client. */
  secret: string | null;
}

/** The server that is signed in at. `fetch`: by the network settings of this sign-in. */
interface There {
  settings: OAuth2Settings;
  server: DiscoveredServer | null;
  fetch: Fetch;
}

/** `grant_type` values that a registration asks for (RFC 7591 §2). */
const GRANT_TYPES: Readonly<Record<OAuthGrant, readonly string[]>> = {
  'authorization-code': ['authorization_code'],
  'device-code': ['urn:ietf:params:oauth:grant-type:device_code'],
  'client-credentials': [],
};

/**
 * Finds out with which server and as which client to sign in: by discovery where the definition asks for it, with the
 * client that the person or the definition has, else with one that is registered now and kept.
 */
export class OAuthSetup {
  readonly #options: OAuthSetupOptions;
  readonly #registering = new Map<string, Promise<Result<OAuthClientRecord>>>();
  /** Registered clients with which a sign-in went unanswered: their server may have forgotten them. */
  readonly #doubtful = new Set<string>();

  constructor(options: OAuthSetupOptions) {
    this.#options = options;
  }

  async prepare(
    request: Pick<SignInRequest, 'provider' | 'client' | 'reconnects'>,
    definition: ProviderDefinition,
    grant: OAuthGrant,
  ): Promise<Result<OAuthParties>> {
    const { clients, discovery } = this.#options;
    const settings = oauth2Of(definition);
    if (settings === null) return fail('unsupported', `${definition.name} is not connected with OAuth.`);
    const addresses = [settings.issuer, settings.resource, settings.tokenUrl, settings.authorizationUrl];
    if (addresses.some((address) => address?.startsWith('{'))) return noInstance(definition);
    const via = viaOf(request);
    const found = await discovery.find(settings, via);
    if (!found.ok) return found;
    const server = found.value;
    const chosen = await this.#client(request, definition, {
      settings,
      server,
      grant,
      fetch: fetchVia(this.#options.fetch, via),
    });
    if (!chosen.ok) return chosen;
    const kept = server === null ? chosen : clients.keepServer(chosen.value.id, server);
    if (!kept.ok) return kept;
    const client = kept.value;
    // Read now, so that a locked keychain is noticed before the person signs in.
    const secret = clients.secret(client.id);
    if (!secret.ok) return secret;
    const there = onServer(definition, client);
    return ok({
      definition: there,
      settings: oauth2Of(there) ?? settings,
      server,
      client,
      secret: secret.value,
    });
  }

  /** A sign-in got no answer at all. */
  unanswered({ id, registration }: OAuthClientRecord): void {
    if (registration) this.#doubtful.add(id);
  }

  async #client(
    { provider, client: reference }: Pick<SignInRequest, 'provider' | 'client'>,
    definition: ProviderDefinition,
    { grant, ...there }: There & { grant: OAuthGrant },
  ): Promise<Result<OAuthClientRecord>> {
    const { clients } = this.#options;
    const { settings, server } = there;
    const registrationUrl = settings.registrationUrl ?? server?.registrationUrl;
    const chosen = clients.choose(provider, reference, grant);
    if (registrationUrl === undefined || grant === 'client-credentials') return chosen;
    // A registered one is only as good as its registration, named or not.
    if (
      chosen.ok ? !chosen.value.registration : reference !== undefined || chosen.error.code !== 'not-found'
    ) {
      // An address as a client id is no good at a server that does not look it up.
      const usable =
        !chosen.ok ||
        server === null ||
        server.clientIdDocuments ||
        !isClientIdDocument(chosen.value.clientId);
      if (usable || reference !== undefined) return chosen;
    }
    const registered = clients.registered(provider, registrationUrl);
    if (registered && !(await this.#isForgotten(registered, there))) return ok(registered);
    return this.#register(definition, registrationUrl, there);
  }

  /** Two sign-ins at once share a registration. */
  #register(
    definition: ProviderDefinition,
    registrationUrl: string,
    there: There,
  ): Promise<Result<OAuthClientRecord>> {
    const key = `${definition.id} ${registrationUrl}`;
    const underWay = this.#registering.get(key);
    if (underWay) return underWay;
    const registering = this.#registerNow(definition, registrationUrl, there).finally(() =>
      this.#registering.delete(key),
    );
    this.#registering.set(key, registering);
    return registering;
  }

  async #registerNow(
    definition: ProviderDefinition,
    registrationUrl: string,
    { settings: { grants, defaultRedirectUri }, server, fetch }: There,
  ): Promise<Result<OAuthClientRecord>> {
    const { clients } = this.#options;
    const wanted = [...grants.flatMap((grant) => GRANT_TYPES[grant]), 'refresh_token'];
    const offered = server?.grantTypes;
    const registered = await registerClient({
      fetch,
      providerName: definition.name,
      registrationUrl,
      redirectUri: defaultRedirectUri,
      grantTypes: offered ? wanted.filter((type) => offered.includes(type)) : wanted,
      clientAuthentication: preferred(server),
    });
    return registered.ok ? clients.addRegistered(definition, registrationUrl, registered.value) : registered;
  }

  /**
   * Whether the server no longer knows a client. Asked only after a sign-in without an answer: for an unknown client the browser
   * shows an error page and never comes back. A code that cannot be good tells: the client is checked before it (RFC 6749 §5.2).
   */
  async #isForgotten(client: OAuthClientRecord, { settings, server, fetch }: There): Promise<boolean> {
    const { clients, clock } = this.#options;
    if (!this.#doubtful.delete(client.id)) return false;
    const known = endpointsOf(settings, { ...client, servers: server === null ? [] : [server] });
    const secret = clients.secret(client.id);
    if (known.tokenUrl === undefined || !secret.ok) return false;
    const answer = await postToken({
      fetch,
      clock,
      settings: known,
      tokenUrl: known.tokenUrl,
      client: { clientId: client.clientId, secret: secret.value },
      parameters: {
        grant_type: 'authorization_code',
        code: 'none',
        redirect_uri: client.redirectUri,
        code_verifier: 'none'.repeat(11),
      },
    });
    const forgotten = answer.kind === 'oauth-error' && answer.error === 'invalid_client';
    if (forgotten) clients.refuseRegistration(client.id);
    return forgotten;
  }
}

/** Nobody can keep a secret of an installed app (RFC 8252 §8.5), so one is taken only where the server insists. */
function preferred(server: DiscoveredServer | null): ClientAuthentication {
  const offered = server?.clientAuthentication ?? null;
  if (offered === null || offered.length === 0 || offered.includes('none')) return 'none';
  return offered[0] ?? 'none';
}

/** Self-hosted, and nobody said where. */
const noInstance = ({ name, instance }: ProviderDefinition): Result<never> =>
  fail(
    'invalid-input',
    `${name} is self-hosted: its address is needed.`,
    `Give the base address, such as ${instance?.example ?? 'https://example.com'} (--url on the command line).`,
  );
