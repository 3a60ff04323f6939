import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { disposable, type Disposable } from '../../../main/lib/disposable.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { oidcMemory } from './oidc-memory.ts';
import { walkPages } from './walk-pages.ts';

export interface OidcServerOptions {
  /** Exact, but for the port of a loopback address, which may be any (RFC 8252 §7.3). */
  redirectUri?: string;
  accessTokenTtlSeconds?: number;
  refreshTokenTtlSeconds?: number;
}

export interface OidcServer extends Disposable {
  readonly issuer: string;
  /** A provider of the id `oidc`, with the client shipped. */
  readonly definition: ProviderDefinition;
  readonly clientId: string;
  readonly clientSecret: string;
  /** How many grants the server ended by itself: it does when a replaced refresh token is used again. */
  readonly revokedGrants: () => number;
  /**
   * Walks the server's login and consent pages as a browser would; gives the callback address that the browser is
   * sent to. Any login name is an account of that name.
   */
  consent(authorizeUrl: string, choice?: { login?: string; decision?: 'allow' | 'deny' }): Promise<string>;
}

/**
 * A certified OpenID provider on loopback: PKCE required, refresh tokens rotate on every use, and reuse of a replaced
 * one ends the grant. It knows no grace and no mercy: what the sandbox forgives, it does not.
 */
export async function startOidcServer({
  redirectUri = 'http://127.0.0.1:7979/callback',
  accessTokenTtlSeconds = 3600,
  refreshTokenTtlSeconds = 86_400,
}: OidcServerOptions = {}): Promise<OidcServer> {
  const server = createServer();
  // Whoever closes an idle connection while a request comes loses that: here only the client does.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientId = 'tokentray-test';
  const clientSecret = randomBytes(24).toString('base64url');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  const provider = new Provider(issuer, {
    adapter: oidcMemory(),
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        application_type: 'native',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name', 'picture'], email: ['email'] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: `Person ${sub}`, email: `${sub}@oidc.example` }),
    }),
    features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
    ttl: {
      AccessToken: accessTokenTtlSeconds,
      AuthorizationCode: 60,
      Grant: refreshTokenTtlSeconds,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: refreshTokenTtlSeconds,
      Session: 3600,
    },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
  });
  let revoked = 0;
  provider.on('grant.revoked', () => {
    revoked += 1;
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    void handle(request, response);
  });

  return {
    issuer,
    clientId,
    clientSecret,
    definition: definitionOf(issuer, { clientId, clientSecret, redirectUri }),
    revokedGrants: () => revoked,
    consent: async (authorizeUrl, { login = 'ana', decision = 'allow' } = {}) => {
      const callback = await walkPages(fetch, issuer, authorizeUrl, login, decision);
      if (callback === null) throw new Error('the server’s pages do not lead back');
      return callback;
    },
    ...disposable(async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }),
  };
}

const definitionOf = (
  issuer: string,
  client: { clientId: string; clientSecret: string; redirectUri: string },
): ProviderDefinition =>
  ProviderDefinition.parse({
    id: 'oidc',
    name: 'Certified server',
    methods: [
      {
        method: 'oauth2',
        issuer,
        authorizationUrl: `${issuer}/auth`,
        tokenUrl: `${issuer}/token`,
        revocationUrl: `${issuer}/token/revocation`,
        // Without it the server drops offline_access (OpenID Connect Core §11).
        authorizationParameters: { prompt: 'consent' },
        requiredScopes: ['openid', 'offline_access'],
        defaultScopes: ['openid', 'offline_access', 'profile', 'email'],
        client,
      },
    ],
    identity: { kind: 'userinfo', userinfoUrl: `${issuer}/me` },
  });
