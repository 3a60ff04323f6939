import { auth, type OAuthClientProvider } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProviderId } from '../../contract/ids.ts';
import { boundedFetch } from '../../main/lib/bounded-fetch.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { createDiscovery } from '../../main/oauth/discovery.ts';
import { registerClient } from '../../main/oauth/registration.ts';
import { settingsWith } from '../main/oauth/oauth2-settings.ts';
import { startStandardServer, type StandardServer } from './support/standard-server.ts';

const REDIRECT = 'http://127.0.0.1:7979/callback';

let server: StandardServer;
beforeEach(async () => {
  server = await startStandardServer();
});
afterEach(() => server.dispose());

/** The OAuth client that MCP clients are built on, remembering everything in memory. */
class SdkProvider implements OAuthClientProvider {
  readonly redirectUrl = REDIRECT;
  readonly clientMetadata = {
    client_name: 'SDK',
    redirect_uris: [REDIRECT],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  };
  address: URL | undefined;
  #client: ReturnType<NonNullable<OAuthClientProvider['clientInformation']>>;
  #tokens: ReturnType<OAuthClientProvider['tokens']>;
  #verifier = '';
  #discovered: Parameters<NonNullable<OAuthClientProvider['saveDiscoveryState']>>[0] | undefined;
  clientInformation = () => this.#client;
  saveClientInformation = (client: Awaited<ReturnType<SdkProvider['clientInformation']>>): void => {
    this.#client = client;
  };
  tokens = () => this.#tokens;
  saveTokens = (tokens: Awaited<ReturnType<SdkProvider['tokens']>>): void => {
    this.#tokens = tokens;
  };
  redirectToAuthorization = (url: URL): void => {
    this.address = url;
  };
  saveCodeVerifier = (verifier: string): void => {
    this.#verifier = verifier;
  };
  codeVerifier = (): string => this.#verifier;
  saveDiscoveryState = (found: NonNullable<ReturnType<SdkProvider['discoveryState']>>): void => {
    this.#discovered = found;
  };
  discoveryState = () => this.#discovered;
}

test('the SDK of MCP finds the same server, sends the same resource and registers the same way', async () => {
  const provider = new SdkProvider();
  const serverUrl = server.resource;
  expect(await auth(provider, { serverUrl, scope: 'openid read' })).toBe('REDIRECT');
  const address = provider.address ?? new URL('about:blank');
  const callback = new URL((await server.browse(address.href)) ?? '');
  const authorizationCode = callback.searchParams.get('code') ?? '';
  const iss = callback.searchParams.get('iss') ?? '';
  expect(await auth(provider, { serverUrl, authorizationCode, iss })).toBe('AUTHORIZED');

  const fetch = boundedFetch({ clock: systemClock });
  const settings = settingsWith({ discovery: true, resource: server.resource });
  const found = await createDiscovery({ fetch, clock: systemClock }).find(settings, {
    provider: ProviderId.parse('mcp'),
    connection: null,
  });
  if (!found.ok || found.value === null) throw new Error('not found');
  expect(found.value.authorizationUrl).toBe(address.origin + address.pathname);
  expect(found.value.resource).toBe(address.searchParams.get('resource'));
  expect(found.value.issuer).toBe(iss);
  expect(found.value.namesIssuer).toBe(true);

  await registerClient({
    fetch,
    providerName: 'Standard',
    registrationUrl: found.value.registrationUrl ?? '',
    redirectUri: REDIRECT,
    grantTypes: ['authorization_code', 'refresh_token'],
    clientAuthentication: 'none',
  });
  const [theirs, ours] = server.received
    .filter(({ path }) => path === '/reg')
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  // It also ties a registration to the scopes of the first sign-in; ours serves later ones that ask for others.
  expect({ ...ours, client_name: 'SDK', scope: theirs?.['scope'] }).toEqual(theirs);
});
