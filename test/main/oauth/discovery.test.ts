import { beforeEach, describe, expect, test } from 'vitest';
import { ConnectionId, ProviderId } from '../../../contract/ids.ts';
import type { Fetch, Via } from '../../../main/lib/bounded-fetch.ts';
import { createDiscovery } from '../../../main/oauth/discovery.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { settingsWith } from './oauth2-settings.ts';

const ISSUER = 'https://auth.example';
const AS = `${ISSUER}/.well-known/oauth-authorization-server`;
const OIDC = `${ISSUER}/.well-known/openid-configuration`;
const GOOD = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  code_challenge_methods_supported: ['S256'],
};

type Page = unknown;
let pages: Map<string, () => Response | Promise<Response>>;
let asked: string[];
let clock: FakeClock;
beforeEach(() => {
  pages = new Map();
  asked = [];
  clock = new FakeClock();
});

const fetch: Fetch = (url) => {
  asked.push(String(url));
  const page = pages.get(String(url));
  return Promise.resolve(page ? page() : new Response('nothing here', { status: 404 }));
};
const serve = (url: string, json: Page, headers: Record<string, string> = {}): void => {
  pages.set(url, () => Response.json(json, { headers }));
};
const VIA: Via = { provider: ProviderId.parse('acme'), connection: null };
const find = (oauth2: Record<string, unknown>, discovery = createDiscovery({ fetch, clock }), via = VIA) =>
  discovery.find(settingsWith({ discovery: true, ...oauth2 }), via);

describe('finding a server', () => {
  test('reads RFC 8414 metadata', async () => {
    serve(AS, {
      ...GOOD,
      device_authorization_endpoint: `${ISSUER}/device`,
      registration_endpoint: `${ISSUER}/register`,
      revocation_endpoint: `${ISSUER}/revoke`,
      authorization_response_iss_parameter_supported: true,
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'none', 'client_secret_basic'],
      grant_types_supported: ['authorization_code'],
      unknown: { field: [] },
    });
    expect(await find({ issuer: ISSUER })).toEqual({
      ok: true,
      value: {
        of: ISSUER,
        issuer: ISSUER,
        authorizationUrl: `${ISSUER}/authorize`,
        tokenUrl: `${ISSUER}/token`,
        deviceAuthorizationUrl: `${ISSUER}/device`,
        registrationUrl: `${ISSUER}/register`,
        revocationUrl: `${ISSUER}/revoke`,
        namesIssuer: true,
        clientIdDocuments: false,
        clientAuthentication: ['client_secret_basic', 'none'],
        grantTypes: ['authorization_code'],
      },
    });
    expect(asked).toEqual([AS]);
  });

  test('falls back to OpenID Connect, with the path of the issuer where each specification puts it', async () => {
    const issuer = `${ISSUER}/tenant/`;
    serve(`${ISSUER}/tenant/.well-known/openid-configuration`, { ...GOOD, issuer });
    expect(await find({ issuer })).toMatchObject({ ok: true, value: { issuer } });
    expect(asked).toEqual([
      `${AS}/tenant`,
      `${OIDC}/tenant`,
      `${ISSUER}/tenant/.well-known/openid-configuration`,
    ]);
  });

  test('takes the page of a one-page app for no metadata', async () => {
    pages.set(AS, () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }));
    serve(OIDC, GOOD);
    expect(await find({ issuer: ISSUER })).toMatchObject({ ok: true });
  });

  test.each([[500], [503], [429]])(
    'does not ask elsewhere while the first place answers %i',
    async (status) => {
      pages.set(AS, () => new Response('', { status }));
      serve(OIDC, GOOD);
      expect(await find({ issuer: ISSUER })).toMatchObject({ ok: false, error: { code: 'temporary' } });
      expect(asked).toEqual([AS]);
    },
  );

  test('follows no redirect', async () => {
    pages.set(AS, () => new Response('', { status: 302, headers: { location: 'https://evil.example/' } }));
    expect(await find({ issuer: ISSUER })).toMatchObject({ ok: false, error: { code: 'temporary' } });
    expect(asked.every((url) => url.startsWith(ISSUER))).toBe(true);
  });

  test('tells that nobody answered', async () => {
    pages.set(AS, () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'x' } })));
    expect(await find({ issuer: ISSUER })).toMatchObject({ ok: false, error: { code: 'offline' } });
  });

  test('asks nothing where the definition wants none, and says so where there is nothing to ask', async () => {
    expect(await find({ discovery: false, issuer: ISSUER })).toEqual({ ok: true, value: null });
    expect(await find({})).toMatchObject({ ok: false, error: { code: 'unsupported' } });
    expect(asked).toEqual([]);
  });
});

describe('hostile metadata', () => {
  test.each<[string, Record<string, unknown>]>([
    ['another issuer', { issuer: 'https://evil.example' }],
    ['the issuer with a slash', { issuer: `${ISSUER}/` }],
    ['the issuer in capitals', { issuer: 'https://AUTH.example' }],
    ['no issuer', { issuer: undefined }],
    ['an issuer that is no text', { issuer: [ISSUER] }],
    ['a token endpoint elsewhere', { token_endpoint: 'https://evil.example/token' }],
    ['a host that only begins alike', { token_endpoint: 'https://auth.example.evil.example/token' }],
    ['a subdomain', { token_endpoint: 'https://login.auth.example/token' }],
    ['another port', { token_endpoint: 'https://auth.example:8443/token' }],
    ['plain http', { token_endpoint: 'http://auth.example/token' }],
    ['plain http on this machine', { token_endpoint: 'http://127.0.0.1/token' }],
    ['a name in the address', { token_endpoint: 'https://auth.example@evil.example/token' }],
    ['a script', { authorization_endpoint: 'javascript:alert(1)' }],
    ['a file', { authorization_endpoint: 'file:///etc/passwd' }],
    ['a fragment', { authorization_endpoint: `${ISSUER}/authorize#x` }],
    ['no address', { authorization_endpoint: '/authorize' }],
    ['a number', { registration_endpoint: 5 }],
    ['keys elsewhere', { jwks_uri: 'https://evil.example/jwks' }],
    ['userinfo elsewhere', { userinfo_endpoint: 'https://evil.example/me' }],
    ['revocation elsewhere', { revocation_endpoint: 'https://evil.example/revoke' }],
    ['a device page elsewhere', { device_authorization_endpoint: 'https://evil.example/device' }],
    ['only plain PKCE', { code_challenge_methods_supported: ['plain'] }],
  ])('is refused: %s', async (_, fault) => {
    serve(AS, { ...GOOD, ...fault });
    expect(await find({ issuer: ISSUER })).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  test('no part of it is quoted beyond a host', async () => {
    serve(AS, { ...GOOD, token_endpoint: 'https://evil.example/token?secret=canary' });
    expect(JSON.stringify(await find({ issuer: ISSUER }))).not.toContain('canary');
  });

  test('hosts and issuers that the definition lists are accepted, no others', async () => {
    serve(AS, { ...GOOD, issuer: 'https://id.example', token_endpoint: 'https://tokens.example/token' });
    const listed = {
      issuer: ISSUER,
      issuerAliases: ['https://id.example'],
      trustedHosts: ['tokens.example'],
    };
    expect(await find(listed)).toMatchObject({ ok: true, value: { issuer: 'https://id.example' } });
    expect(await find({ ...listed, issuerAliases: ['https://id.example/'] })).toMatchObject({ ok: false });
    expect(await find({ ...listed, trustedHosts: [] })).toMatchObject({ ok: false });
  });

  test.each([
    ['https://tokens.example'],
    ['Tokens.example'],
    ['tokens.example/'],
    ['tokens.example:443'],
    ['a b'],
  ])('a definition cannot list the host %j', (host) => {
    expect(() => settingsWith({ trustedHosts: [host] })).toThrow('host in lower case');
  });
});

describe('a protected resource', () => {
  const RESOURCE = 'https://mcp.example/v1/mcp';
  const WELL_KNOWN = 'https://mcp.example/.well-known/oauth-protected-resource';
  const trusting = { resource: RESOURCE, trustedHosts: ['auth.example'] };

  test('names its server at the well-known place', async () => {
    serve(`${WELL_KNOWN}/v1/mcp`, { resource: RESOURCE, authorization_servers: [ISSUER] });
    serve(AS, GOOD);
    expect(await find(trusting)).toMatchObject({
      ok: true,
      value: { of: RESOURCE, issuer: ISSUER, resource: RESOURCE },
    });
  });

  test('names the place in its challenge', async () => {
    const place = 'https://mcp.example/metadata';
    pages.set(RESOURCE, () =>
      Promise.resolve(
        new Response('', {
          status: 401,
          headers: { 'www-authenticate': `Bearer error="x", resource_metadata="${place}", scope="a"` },
        }),
      ),
    );
    serve(place, { resource: 'https://mcp.example/v1', authorization_servers: [ISSUER] });
    serve(AS, GOOD);
    expect(await find(trusting)).toMatchObject({ ok: true, value: { resource: 'https://mcp.example/v1' } });
  });

  test('does not send us to another origin for its metadata', async () => {
    const place = 'https://evil.example/metadata';
    pages.set(
      RESOURCE,
      () =>
        new Response('', {
          status: 401,
          headers: { 'www-authenticate': `Bearer resource_metadata="${place}"` },
        }),
    );
    await find(trusting);
    expect(asked).not.toContain(place);
  });

  test('without metadata is its own issuer', async () => {
    serve('https://mcp.example/.well-known/oauth-authorization-server', {
      ...GOOD,
      issuer: 'https://cf.mcp.example',
      authorization_endpoint: 'https://mcp.example/authorize',
      token_endpoint: 'https://cf.mcp.example/token',
    });
    expect(await find({ resource: RESOURCE })).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(await find({ resource: RESOURCE, issuerAliases: ['https://cf.mcp.example'] })).toMatchObject({
      ok: true,
      value: { issuer: 'https://cf.mcp.example' },
    });
  });

  test('of Atlassian may call its server by the one other name in the definition', async () => {
    const resource = 'https://mcp.atlassian.com/v1/mcp/authv2';
    const issuer = 'https://auth.atlassian.com/some-id';
    const named = 'https://auth.atlassian.com';
    serve('https://mcp.atlassian.com/.well-known/oauth-protected-resource/v1/mcp/authv2', {
      resource,
      authorization_servers: [issuer],
    });
    serve('https://auth.atlassian.com/.well-known/oauth-authorization-server/some-id', {
      issuer: named,
      token_endpoint: `${named}/oauth/token`,
    });
    const definition = { resource, trustedHosts: ['auth.atlassian.com'] };
    expect(await find(definition)).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(await find({ ...definition, issuerAliases: [named] })).toMatchObject({
      ok: true,
      value: { of: resource, issuer: named, tokenUrl: `${named}/oauth/token` },
    });
    expect(await find({ ...definition, issuerAliases: ['https://auth.atlassian.com/'] })).toMatchObject({
      ok: false,
    });
  });

  test.each<[string, unknown]>([
    ['of another resource', { resource: 'https://evil.example/v1/mcp', authorization_servers: [ISSUER] }],
    ['of a sibling', { resource: 'https://mcp.example/v1/mc', authorization_servers: [ISSUER] }],
    ['of a child', { resource: `${RESOURCE}/x`, authorization_servers: [ISSUER] }],
    ['with a fragment', { resource: `${RESOURCE}#x`, authorization_servers: [ISSUER] }],
    ['without a server', { resource: RESOURCE, authorization_servers: [] }],
    ['with an unlisted server', { resource: RESOURCE, authorization_servers: ['https://evil.example'] }],
    ['with a plain one', { resource: RESOURCE, authorization_servers: ['http://auth.example'] }],
    ['with no address', { resource: RESOURCE, authorization_servers: ['auth.example'] }],
    ['that is a list', []],
    ['that is null', null],
  ])('is refused with metadata %s', async (_, metadata) => {
    serve(`${WELL_KNOWN}/v1/mcp`, metadata);
    serve(AS, GOOD);
    expect(await find(trusting)).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(asked).not.toContain(AS);
  });
});

test('null in the metadata is the same as nothing', async () => {
  const nothing = [
    'device_authorization_endpoint',
    'registration_endpoint',
    'revocation_endpoint',
    'userinfo_endpoint',
    'jwks_uri',
    'authorization_response_iss_parameter_supported',
    'token_endpoint_auth_methods_supported',
    'grant_types_supported',
    'code_challenge_methods_supported',
  ];
  const without = Object.fromEntries(Object.entries(GOOD).filter(([name]) => !nothing.includes(name)));
  serve(AS, without);
  const expected = await find({ issuer: ISSUER });
  serve(AS, { ...without, ...Object.fromEntries(nothing.map((name) => [name, null])) });
  expect(expected.ok).toBe(true);
  expect(await find({ issuer: ISSUER })).toEqual(expected);
});

describe('answers are kept', () => {
  test('as long as they are fresh, within bounds, and apart for definitions that trust differently', async () => {
    const discovery = createDiscovery({ fetch, clock });
    serve(AS, GOOD, { 'cache-control': 'public, max-age=1' });
    await find({ issuer: ISSUER }, discovery);
    clock.advance(4 * 60_000);
    await find({ issuer: ISSUER }, discovery);
    expect(asked).toHaveLength(1);
    await find({ issuer: ISSUER, trustedHosts: ['other.example'] }, discovery);
    expect(asked).toHaveLength(2);
    clock.advance(2 * 60_000);
    await find({ issuer: ISSUER }, discovery);
    expect(asked).toHaveLength(3);
  });

  // One that leaves certificates unchecked must not answer for the others.
  test('apart for connections, each of which has its own way out', async () => {
    const ways: unknown[] = [];
    const discovery = createDiscovery({
      fetch: (url, init) => {
        ways.push(init?.via);
        return fetch(url);
      },
      clock,
    });
    serve(AS, GOOD);
    const own: Via = { ...VIA, connection: ConnectionId.parse('11111111-1111-4111-8111-111111111111') };
    for (const via of [own, VIA, own]) await find({ issuer: ISSUER }, discovery, via);
    expect(ways).toEqual([own, VIA]);
  });

  test('failures are not, and callers at the same time share one request', async () => {
    const discovery = createDiscovery({ fetch, clock });
    expect(await find({ issuer: ISSUER }, discovery)).toMatchObject({ ok: false });
    serve(AS, GOOD);
    asked = [];
    const both = await Promise.all([
      find({ issuer: ISSUER }, discovery),
      find({ issuer: ISSUER }, discovery),
    ]);
    expect(both.every(({ ok }) => ok)).toBe(true);
    expect(asked).toEqual([AS]);
  });
});
