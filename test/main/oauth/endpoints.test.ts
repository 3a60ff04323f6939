import { describe, expect, test } from 'vitest';
import { authorizationUrl } from '../../../main/oauth/authorization-url.ts';
import { authenticatedForm } from '../../../main/oauth/client-authentication.ts';
import type { DiscoveredServer } from '../../../main/oauth/discovered-server.ts';
import { endpointsOf, onServer } from '../../../main/oauth/endpoints.ts';
import { codeChallenge } from '../../../main/oauth/pkce.ts';
import type { ClientRegistration } from '../../../main/store/records.ts';
import { definitionWith, settingsWith } from './oauth2-settings.ts';

const ISSUER = 'https://auth.example';
const SERVER: DiscoveredServer = {
  of: ISSUER,
  issuer: 'https://id.example',
  authorizationUrl: `${ISSUER}/authorize`,
  tokenUrl: `${ISSUER}/token`,
  revocationUrl: `${ISSUER}/revoke`,
  userinfoUrl: `${ISSUER}/me`,
  jwksUrl: `${ISSUER}/jwks`,
  namesIssuer: true,
  clientIdDocuments: false,
  clientAuthentication: ['client_secret_basic', 'none'],
  grantTypes: null,
};
const REGISTRATION: ClientRegistration = {
  registeredAt: `${ISSUER}/register`,
  managementUrl: null,
  clientAuthentication: 'none',
  secretExpiresAt: null,
  refused: false,
};

describe('the addresses of a connection', () => {
  test('are those that discovery found for its client', () => {
    const settings = settingsWith({ discovery: true, issuer: ISSUER });
    expect(
      endpointsOf(settings, { servers: [{ ...SERVER, of: 'https://other.example', tokenUrl: 'x' }, SERVER] }),
    ).toMatchObject({
      issuer: 'https://id.example',
      tokenUrl: `${ISSUER}/token`,
      revocationUrl: `${ISSUER}/revoke`,
      clientAuthentication: 'client_secret_basic',
    });
  });

  test('are the definition’s own where it has some', () => {
    const settings = settingsWith({ discovery: true, issuer: ISSUER, tokenUrl: 'https://own.example/token' });
    expect(endpointsOf(settings, { servers: [SERVER] }).tokenUrl).toBe('https://own.example/token');
  });

  test.each([
    ['another issuer', { discovery: true, issuer: 'https://other.example' }],
    ['no discovery', { issuer: ISSUER }],
  ])('are not those of %s', (_, oauth2) => {
    const settings = settingsWith(oauth2);
    expect(endpointsOf(settings, { servers: [SERVER] })).toBe(settings);
  });

  test('come with the authentication that the client was registered for', () => {
    const settings = settingsWith({ discovery: true, issuer: ISSUER });
    const registration = REGISTRATION;
    expect(endpointsOf(settings, { servers: [SERVER], registration }).clientAuthentication).toBe('none');
    expect(endpointsOf(settingsWith({}), { registration }).clientAuthentication).toBe('none');
  });

  test.each([
    ['userinfo', { kind: 'userinfo', userinfoUrl: `${ISSUER}/me` }],
    ['id-token', { kind: 'id-token', jwksUrl: `${ISSUER}/jwks` }],
    ['none', { kind: 'none' }],
  ])('include that of the identity %s', (kind, identity) => {
    const definition = definitionWith({ discovery: true, issuer: ISSUER }, { identity: { kind } });
    expect(onServer(definition, { servers: [SERVER] }).identity).toEqual(identity);
    expect(onServer(definition, null)).toBe(definition);
  });
});

test('RFC 7636 appendix B: the challenge is exact', () => {
  expect(codeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('the authorization address names the resource and the nonce, whatever the definition adds', () => {
  const url = new URL(
    authorizationUrl({
      settings: settingsWith({
        resource: 'https://mcp.example/v1',
        authorizationParameters: { resource: 'x', nonce: 'x', code_challenge: 'x', prompt: 'consent' },
      }),
      authorizationUrl: `${ISSUER}/authorize?tenant=a`,
      clientId: 'cid',
      redirectUri: 'http://127.0.0.1:1/callback',
      scopes: [],
      state: 's',
      codeVerifier: 'v',
      nonce: 'n',
    }),
  );
  expect(url.searchParams.getAll('resource')).toEqual(['https://mcp.example/v1']);
  expect(url.searchParams.getAll('nonce')).toEqual(['n']);
  expect(url.searchParams.getAll('code_challenge')).toEqual([codeChallenge('v')]);
  expect(url.searchParams.get('tenant')).toBe('a');
  expect(url.searchParams.has('scope')).toBe(false);
});

describe('client authentication', () => {
  const form = (clientAuthentication: string, secret: string | null) => {
    const { headers, body } = authenticatedForm(
      settingsWith({ clientAuthentication }),
      { clientId: 'a:b c', secret },
      { x: '1' },
    );
    return [headers['authorization'], body.toString()];
  };
  test('RFC 6749 §2.3.1: form-encodes both parts of Basic', () => {
    expect(form('client_secret_basic', 'p%é+')).toEqual([
      `Basic ${Buffer.from('a%3Ab+c:p%25%C3%A9%2B').toString('base64')}`,
      'x=1',
    ]);
  });
  test.each([
    ['client_secret_post', 's', 'x=1&client_id=a%3Ab+c&client_secret=s'],
    ['client_secret_post', null, 'x=1&client_id=a%3Ab+c'],
    ['client_secret_basic', null, 'x=1&client_id=a%3Ab+c'],
    ['none', 's', 'x=1&client_id=a%3Ab+c'],
  ])('%s with the secret %j', (way, secret, body) => {
    expect(form(way, secret)).toEqual([undefined, body]);
  });
});

test('a client id that is an address has no secret', () => {
  const clientId = 'https://app.example/client.json';
  expect(() => settingsWith({ client: { clientId, clientSecret: 's' } })).toThrow('must have no secret');
  expect(settingsWith({ client: { clientId } }).client?.clientId).toBe(clientId);
});
