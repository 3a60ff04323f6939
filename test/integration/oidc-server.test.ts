import { afterEach, expect, test } from 'vitest';
import * as oidc from 'openid-client';
import { startOidcServer, type OidcServer, type OidcServerOptions } from './support/oidc-server.ts';
import { oauth2In } from '../fakes/oauth2.ts';

const REDIRECT_URI = 'http://127.0.0.1:7979/callback';

let server: OidcServer;
afterEach(async () => {
  await server.dispose();
});

async function client(options: OidcServerOptions = {}): Promise<oidc.Configuration> {
  server = await startOidcServer(options);
  return oidc.discovery(
    new URL(server.issuer),
    server.clientId,
    undefined,
    oidc.ClientSecretPost(server.clientSecret),
    // oxlint-disable-next-line typescript/no-deprecated -- marked so that it stands out; the server is on loopback
    { execute: [oidc.allowInsecureRequests] },
  );
}

interface Started {
  url: URL;
  checks: oidc.AuthorizationCodeGrantChecks & { expectedState: string };
}

async function begin(config: oidc.Configuration, redirectUri = REDIRECT_URI): Promise<Started> {
  const verifier = oidc.randomPKCECodeVerifier();
  const expectedState = oidc.randomState();
  const oauth2 = oauth2In(server.definition);
  const url = oidc.buildAuthorizationUrl(config, {
    ...oauth2.authorizationParameters,
    redirect_uri: redirectUri,
    scope: oauth2.defaultScopes.join(' '),
    state: expectedState,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { url, checks: { pkceCodeVerifier: verifier, expectedState } };
}

async function signIn(
  config: oidc.Configuration,
  login?: string,
): Promise<Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>> {
  const { url, checks } = await begin(config);
  const callback = await server.consent(url.href, login === undefined ? {} : { login });
  return oidc.authorizationCodeGrant(config, new URL(callback), checks);
}

test('the definition names the endpoints that the server itself publishes', async () => {
  const metadata = (await client()).serverMetadata();
  const { identity } = server.definition;
  const oauth2 = oauth2In(server.definition);
  expect(oauth2).toMatchObject({
    issuer: metadata.issuer,
    authorizationUrl: metadata.authorization_endpoint,
    tokenUrl: metadata.token_endpoint,
    revocationUrl: metadata.revocation_endpoint,
    client: { clientId: server.clientId, clientSecret: server.clientSecret },
  });
  expect(identity).toEqual({ kind: 'userinfo', userinfoUrl: metadata.userinfo_endpoint });
});

test('code and PKCE, identity, and a refresh that rotates', async () => {
  const config = await client({ accessTokenTtlSeconds: 30 });
  const tokens = await signIn(config, 'ben');
  expect(tokens.expires_in).toBe(30);
  expect(await oidc.fetchUserInfo(config, tokens.access_token, 'ben')).toMatchObject({
    name: 'Person ben',
    email: 'ben@oidc.example',
  });
  const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token!);
  expect(refreshed.refresh_token).toEqual(expect.any(String));
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
  expect(server.revokedGrants()).toBe(0);
});

test('a replaced refresh token used again ends the grant, the newest token too', async () => {
  const config = await client();
  const tokens = await signIn(config);
  const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token!);
  const gone = { error: 'invalid_grant' };
  await expect(oidc.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toMatchObject(gone);
  expect(server.revokedGrants()).toBe(1);
  await expect(oidc.refreshTokenGrant(config, refreshed.refresh_token!)).rejects.toMatchObject(gone);
  expect(server.revokedGrants()).toBe(1);
});

test('no code without PKCE, none for a wrong verifier, none for a person who says no', async () => {
  const config = await client();
  const bare = await begin(config);
  bare.url.searchParams.delete('code_challenge');
  bare.url.searchParams.delete('code_challenge_method');
  const refused = new URL(await server.consent(bare.url.href));
  expect(refused.searchParams.get('error')).toBe('invalid_request');

  const { url, checks } = await begin(config);
  const callback = new URL(await server.consent(url.href));
  const wrong = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
  await expect(oidc.authorizationCodeGrant(config, callback, wrong)).rejects.toMatchObject({
    error: 'invalid_grant',
  });

  const denied = new URL(await server.consent((await begin(config)).url.href, { decision: 'deny' }));
  expect(denied.searchParams.get('error')).toBe('access_denied');
  expect(denied.searchParams.get('iss')).toBe(server.issuer);
});

test('the port of a loopback callback may be any, another path is refused at the server', async () => {
  const config = await client();
  const free = await begin(config, 'http://127.0.0.1:4321/callback');
  expect(await server.consent(free.url.href)).toMatch(/^http:\/\/127\.0\.0\.1:4321\/callback\?code=/);
  const other = await begin(config, 'http://127.0.0.1:7979/other');
  await expect(server.consent(other.url.href)).rejects.toThrow(/answered 400/);
});

test('a sign-in that rests is still there after thousands of tokens of another', async () => {
  const config = await client();
  const resting = await signIn(config);
  let token = (await signIn(config, 'ben')).refresh_token!;
  for (let count = 0; count < 1200; count += 1)
    token = (await oidc.refreshTokenGrant(config, token)).refresh_token!;
  await oidc.refreshTokenGrant(config, resting.refresh_token!);
  expect(server.revokedGrants()).toBe(0);
});
