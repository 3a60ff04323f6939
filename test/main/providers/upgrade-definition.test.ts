import { describe, expect, it } from 'vitest';
import atlassian from '../../../main/providers/bundled/atlassian.json' with { type: 'json' };
import { parseDefinition } from '../../../main/providers/definition-parse.ts';
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { mergeMethods, upgradeDefinition } from '../../../main/providers/upgrade-definition.ts';
import { oauth2In } from '../../fakes/oauth2.ts';

const bundled = ProviderDefinition.parse(atlassian);

const open = (file: object): ProviderDefinition => {
  const parsed = parseDefinition(JSON.stringify(file), (id) => (id === bundled.id ? bundled : undefined));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.definition;
};

/** Every field that a definition had in the older form. */
const OLDER = {
  id: 'example',
  name: 'Example',
  docsUrl: 'https://example.com/docs',
  manageUrl: 'https://example.com/manage',
  registerUrl: 'https://example.com/apps',
  methods: ['oauth2'],
  oauth2: {
    issuer: 'https://id.example',
    authorizationUrl: 'https://id.example/authorize',
    tokenUrl: 'https://id.example/token',
    revocationUrl: 'https://id.example/revoke',
    authorizationParameters: { prompt: 'consent' },
    requiredScopes: ['offline_access'],
    defaultScopes: ['read'],
    scopes: [{ scope: 'read', description: 'Read' }],
    scopePresets: [{ name: 'Read', scopes: ['read'] }],
    defaultRedirectUri: 'http://localhost:4000/callback',
    clientAuthentication: 'client_secret_basic',
    refresh: {
      reuseWindowSeconds: 600,
      idleLifetimeSeconds: 100,
      goneErrors: ['invalid_grant'],
      misconfiguredErrors: ['invalid_client'],
      repeatRedirectUri: true,
    },
    client: {
      name: 'Ours',
      clientId: 'id',
      clientSecret: 'secret',
      redirectUri: 'http://127.0.0.1:4001/callback',
    },
  },
  identity: { kind: 'userinfo', userinfoUrl: 'https://id.example/me' },
};

describe('a provider file of the older form', () => {
  it('opens with everything that it says, and the defaults that it had', () => {
    const { oauth2, methods: _, ...rest } = OLDER;
    const definition = open(OLDER);
    expect(definition).toMatchObject(rest);
    expect(definition.methods).toHaveLength(1);
    expect(oauth2In(definition)).toMatchObject({
      ...oauth2,
      method: 'oauth2',
      grants: ['authorization-code'],
      pkce: true,
      scopeSeparator: ' ',
      tokenBody: 'form',
    });
    expect(definition.apis).toEqual([]);
  });

  it('lays a client over the bundled definition and leaves all else, methods too', () => {
    const { client } = OLDER.oauth2;
    const definition = open({ id: 'atlassian', oauth2: { client } });
    const { client: laid, ...rest } = oauth2In(definition);
    expect(laid).toEqual(client);
    expect(rest).toEqual(oauth2In(bundled));
    expect({ ...definition, methods: [] }).toEqual({ ...bundled, methods: [] });
    expect(definition.methods.slice(1)).toEqual(bundled.methods.slice(1));
  });

  it.each([
    ['alone', { methods: ['oauth2'] }],
    ['with one that did nothing yet', { methods: ['oauth2', 'api-token'] }],
    ['with a client', { methods: ['oauth2'], oauth2: { client: { clientId: 'x' } } }],
  ])('lays its methods over the bundled ones: named %s', (_, file) => {
    const names = open({ id: 'atlassian', ...file }).methods.map(({ method }) => method);
    expect(names).toEqual(bundled.methods.map(({ method }) => method));
  });

  it('may name methods that did nothing yet', () => {
    for (const methods of [['oauth2', 'api-token'], ['api-token']])
      expect(open({ ...OLDER, methods }).methods.map(({ method }) => method)).toEqual(['oauth2']);
  });

  it('of Atlassian Cloud gives its APIs the addresses below its own', () => {
    const { apis, identity } = open({
      ...OLDER,
      identity: { kind: 'atlassian-cloud', apiUrl: 'https://api.example/' },
    });
    expect(identity).toMatchObject({ siteUrl: 'https://{name}.atlassian.net' });
    expect(apis.map(({ id, urls }) => [id, urls['default']])).toEqual([
      ['jira', 'https://api.example/ex/jira/{cloudId}'],
      ['confluence', 'https://api.example/ex/confluence/{cloudId}'],
    ]);
  });

  it('that moves Atlassian Cloud moves its APIs, and keeps what else is known of them', () => {
    const { apis } = open({ id: 'atlassian', identity: { apiUrl: 'https://api.example' } });
    expect(apis).toEqual(
      bundled.apis.map((api) => ({
        ...api,
        urls: { ...api.urls, default: `https://api.example/ex/${api.id}/{cloudId}` },
      })),
    );
  });
});

describe('a provider file of today', () => {
  it.each([
    ['a whole one', { id: 'x', name: 'X', methods: [{ method: 'api-token', ways: [{ as: 'bearer' }] }] }],
    ['one without methods', { id: 'atlassian', name: 'Ours' }],
    ['one that lists its APIs', { id: 'x', identity: { apiUrl: 'https://a.example' }, apis: [] }],
    ['one with an address that is none', { id: 'x', identity: { apiUrl: 'file:///etc' } }],
  ])('stays as it is: %s', (_, file) => {
    expect(upgradeDefinition(file)).toEqual(file);
  });

  it('names a fault by its method', () => {
    const file = { id: 'atlassian', methods: [{ method: 'api-token', createUrl: 'http://evil.example' }] };
    expect(parseDefinition(JSON.stringify(file), () => bundled)).toMatchObject({
      faults: [{ field: 'methods.api-token.createUrl' }],
    });
  });

  it('needs the addresses of its grants, unless they are discovered', () => {
    const file = (more: object) =>
      parseDefinition(
        JSON.stringify({ id: 'x', name: 'X', methods: [{ method: 'oauth2', ...more }] }),
        () => undefined,
      );
    const tokenUrl = 'https://id.example/token';
    expect(file({ tokenUrl })).toMatchObject({ faults: [{ field: 'methods.oauth2.authorizationUrl' }] });
    expect(file({ tokenUrl, grants: ['device-code'] })).toMatchObject({
      faults: [{ field: 'methods.oauth2.deviceAuthorizationUrl' }],
    });
    expect(file({ grants: ['client-credentials'] })).toMatchObject({
      faults: [{ field: 'methods.oauth2.tokenUrl' }],
    });
    expect(file({ tokenUrl, grants: ['client-credentials'] }).ok).toBe(true);
    expect(file({ discovery: true, issuer: 'https://id.example' }).ok).toBe(true);
  });
});

it('methods are merged by name: changed in their place, added at the end', () => {
  const merge = (base: object, over: object) => ({ ...base, ...over });
  expect(
    mergeMethods(
      [{ method: 'oauth2', a: 1, b: 1 }, { method: 'basic' }],
      [{ method: 'api-key' }, { method: 'oauth2', b: 2 }, 'odd'],
      merge,
    ),
  ).toEqual([{ method: 'oauth2', a: 1, b: 2 }, { method: 'basic' }, { method: 'api-key' }, 'odd']);
});
