import { describe, expect, test } from 'vitest';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { parseDefinition } from '../../../main/providers/definition-parse.ts';
import { onInstance } from '../../../main/providers/instance.ts';
import { oauth2Of } from '../../../main/providers/methods.ts';

const parse = (file: unknown) =>
  parseDefinition(
    typeof file === 'string' ? file : JSON.stringify(file),
    (id) => BUNDLED_DEFINITIONS.find((definition) => definition.id === id),
    (tokenUrl) =>
      BUNDLED_DEFINITIONS.find((definition) => oauth2Of(onInstance(definition, null))?.tokenUrl === tokenUrl),
  );

const loaded = (file: unknown) => {
  const parsed = parse(file);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.definition;
};

const OAUTH = {
  schema_version: 1,
  name: 'tasks',
  display_name: 'Tasks',
  logo: 'img.example/tasks',
  type: 'app',
  auth_type: 'oauth2',
  flow: 'pkce',
  api_url: 'api.tasks.example',
  docs_url: 'https://tasks.example/docs',
  export: { TASKS_TOKEN: 'ACCESS_TOKEN' },
  oauth: {
    authorization_url: 'https://tasks.example/authorize',
    token_url: 'https://tasks.example/token',
    revocation_url: null,
    device_authorization_url: null,
    scopes: ['read', 'write'],
    pkce: true,
    supports_device_code: false,
    supports_dcr: false,
  },
};
const withOAuth = (oauth: object, rest: object = {}) => ({
  ...OAUTH,
  oauth: { ...OAUTH.oauth, ...oauth },
  ...rest,
});

describe('definitions of authsome', () => {
  test('OAuth with PKCE', () => {
    expect(loaded(OAUTH)).toMatchObject({
      id: 'tasks',
      name: 'Tasks',
      docsUrl: 'https://tasks.example/docs',
      apis: [{ id: 'tasks', urls: { default: 'https://api.tasks.example' } }],
      identity: { kind: 'none' },
      source: 'authsome',
      methods: [
        {
          method: 'oauth2',
          grants: ['authorization-code'],
          authorizationUrl: 'https://tasks.example/authorize',
          tokenUrl: 'https://tasks.example/token',
          defaultScopes: ['read', 'write'],
          pkce: true,
          clientAuthentication: 'client_secret_post',
        },
      ],
    });
  });

  test.each([
    [
      'a client in the Basic header',
      withOAuth({ authorization_method: 'basic' }),
      { clientAuthentication: 'client_secret_basic' },
    ],
    [
      'parameters',
      withOAuth({ authorization_params: { duration: 'permanent' } }),
      { authorizationParameters: { duration: 'permanent' } },
    ],
    ['no PKCE', withOAuth({ pkce: false }), { pkce: false }],
    ['no scopes', withOAuth({ scopes: undefined }), { defaultScopes: [] }],
    [
      'a base address',
      withOAuth({ base_url: 'https://tasks.example/', token_url: '{base_url}/t' }),
      { tokenUrl: 'https://tasks.example/t' },
    ],
    [
      'a revocation address that is the token address',
      withOAuth({ revocation_url: 'https://tasks.example/token' }),
      { revocationUrl: undefined },
    ],
    [
      'a revocation address',
      withOAuth({ revocation_url: 'https://tasks.example/revoke' }),
      { revocationUrl: 'https://tasks.example/revoke' },
    ],
    [
      'a device code beside the browser',
      withOAuth({ supports_device_code: true, device_authorization_url: 'https://tasks.example/device' }),
      {
        grants: ['authorization-code', 'device-code'],
        deviceAuthorizationUrl: 'https://tasks.example/device',
      },
    ],
    [
      'a device code alone, with JSON',
      withOAuth(
        { device_authorization_url: 'https://tasks.example/device', device_token_request: 'json' },
        { flow: 'device_code' },
      ),
      { grants: ['device-code'], tokenBody: 'json' },
    ],
    [
      'a client that is registered on the way',
      {
        ...OAUTH,
        flow: 'dcr_pkce',
        registration: { registration_endpoint: 'https://tasks.example/register' },
      },
      { registrationUrl: 'https://tasks.example/register' },
    ],
  ])('OAuth with %s', (_case, file, expected) => {
    const method = oauth2Of(loaded(file));
    expect({ ...method, revocationUrl: method?.revocationUrl }).toMatchObject(expected);
  });

  const KEY = {
    schema_version: 1,
    name: 'mail',
    auth_type: 'api_key',
    flow: 'api_key',
    api_url: ['regex:.*mail.*', 'https://api.mail.example/v2'],
    api_key: {},
  };
  test.each([
    ['as a bearer token', {}, { as: 'bearer' }, []],
    [
      'in a header without prefix',
      { header_name: 'X-Key', header_prefix: null },
      { as: 'header', header: 'X-Key', prefix: '' },
      [],
    ],
    [
      'with a prefix',
      { header_name: 'Authorization', header_prefix: 'Token' },
      { as: 'header', prefix: 'Token ' },
      [],
    ],
    ['with a known beginning', { key_pattern: '^mk-[A-Za-z0-9_-]{20,}$' }, { as: 'bearer' }, ['mk-']],
    ['with several', { key_pattern: '^(live_|test_)[a-z]+$' }, { as: 'bearer' }, ['live_', 'test_']],
    ['with a pattern that would never end', { key_pattern: '^(a+)+$' }, { as: 'bearer' }, []],
  ])('a key %s', (_case, api_key, way, prefixes) => {
    const { methods, apis } = loaded({ ...KEY, api_key });
    expect(methods).toMatchObject([{ method: 'api-key', ways: [way], prefixes }]);
    expect(apis[0]?.urls).toEqual({ default: 'https://api.mail.example/v2' });
  });

  test('comments, at any place but in texts', () => {
    const text = `// Tasks\r\n/* by { somebody } */ ${JSON.stringify(OAUTH).replace(',"name"', ', // "x\n /* "" */ "name"')} // end`;
    expect(loaded(text).methods).toEqual(loaded(OAUTH).methods);
    expect(parse(`{ "id": "x", /* never`).ok).toBe(false);
  });

  test('cookies of a browser: never', () => {
    const parsed = parse({
      schema_version: 1,
      name: 'net',
      auth_type: 'browser',
      flow: 'browser',
      browser: {},
    });
    expect(parsed).toMatchObject({
      ok: false,
      faults: [{ field: 'auth_type', message: expect.stringMatching(/cookies/) as string }],
    });
  });

  test.each([
    ['a newer format', { ...OAUTH, schema_version: 2 }, 'schema_version'],
    ['an unknown kind', { ...OAUTH, auth_type: 'saml' }, 'auth_type'],
    ['no addresses', { ...OAUTH, oauth: undefined }, 'oauth'],
    ['http:', withOAuth({ token_url: 'http://tasks.example/token' }), 'methods.oauth2.tokenUrl'],
    ['a name that is none', { ...OAUTH, name: '–' }, 'name'],
  ])('refused: %s', (_case, file, field) => {
    expect(parse(file)).toMatchObject({ ok: false, faults: [{ field }] });
  });

  describe('filled in from ours', () => {
    const ATLASSIAN = withOAuth(
      {
        authorization_url: 'https://auth.atlassian.com/authorize',
        token_url: 'https://auth.atlassian.com/oauth/token',
        scopes: ['read:jira-work'],
      },
      { api_url: 'https://api.atlassian.com/ex/jira' },
    );
    test.each(['atlassian', 'jira'])('Atlassian’s, named %s', (name) => {
      const definition = loaded({ ...ATLASSIAN, name });
      expect(definition).toMatchObject({ id: name, identity: { kind: 'atlassian-cloud' } });
      expect(definition.methods.map(({ method }) => method)).toEqual(['oauth2', 'api-token', 'access-token']);
      expect(definition.apis.map(({ id }) => id)).toEqual(['jira', 'confluence']);
      expect(oauth2Of(definition)).toMatchObject({
        grants: ['authorization-code', 'client-credentials'],
        defaultScopes: ['read:jira-work'],
        requiredScopes: ['offline_access'],
        authorizationParameters: { audience: 'api.atlassian.com' },
      });
    });

    test('Google’s get a refresh token', () => {
      const file = withOAuth(
        { token_url: 'https://oauth2.googleapis.com/token' },
        { api_url: 'https://docs.googleapis.com/v1' },
      );
      expect(loaded(file)).toMatchObject({
        identity: { kind: 'userinfo' },
        apis: [{ id: 'google' }, { id: 'tasks' }],
      });
      expect(oauth2Of(loaded(file))?.authorizationParameters).toEqual({
        access_type: 'offline',
        prompt: 'consent',
      });
    });

    test('one of a self-hosted service moves to its server', () => {
      const file = withOAuth(
        {
          authorization_url: 'https://git.acme.example/oauth/authorize',
          token_url: 'https://git.acme.example/oauth/token',
        },
        { name: 'gitlab' },
      );
      const definition = onInstance(loaded(file), null);
      expect(definition.instance?.default).toBe('https://git.acme.example');
      expect(oauth2Of(definition)?.revocationUrl).toBe('https://git.acme.example/oauth/revoke');
    });
  });
});
