import { describe, expect, test } from 'vitest';
import atlassian from '../../../main/providers/bundled/atlassian.json' with { type: 'json' };
import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { authorizationUrl } from '../../../main/oauth/authorization-url.ts';
import { requestedScopes } from '../../../main/signin/requested-scopes.ts';
import { oauth2In } from '../../fakes/oauth2.ts';

const definition = ProviderDefinition.parse(atlassian);
const oauth2 = oauth2In(definition);

const build = (settings = oauth2) =>
  new URL(
    authorizationUrl({
      settings,
      authorizationUrl: settings.authorizationUrl,
      clientId: 'client id&',
      redirectUri: 'http://127.0.0.1:7979/callback',
      scopes: ['read:me', 'offline_access'],
      state: 'state',
      codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    }),
  );

describe('the authorization address', () => {
  test('has the challenge of RFC 7636 appendix B and all that Atlassian wants', () => {
    const url = build();
    expect(url.origin + url.pathname).toBe('https://auth.atlassian.com/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      audience: 'api.atlassian.com',
      client_id: 'client id&',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      prompt: 'consent',
      redirect_uri: 'http://127.0.0.1:7979/callback',
      response_type: 'code',
      scope: 'read:me offline_access',
      state: 'state',
    });
    expect(url.href).not.toContain('dBjftJeZ4CVP');
  });

  test('is plain http on this machine alone, and keeps the query that the definition gives', () => {
    const url = build({ ...oauth2, authorizationUrl: 'http://127.0.0.1:8123/authorize?tenant=a' });
    expect(url.origin).toBe('http://127.0.0.1:8123');
    expect(url.searchParams.get('tenant')).toBe('a');
  });

  test('lets no parameter of a definition replace what protects the sign-in', () => {
    const authorizationParameters = {
      state: 'x',
      code_challenge: 'x',
      redirect_uri: 'https://x',
      response_type: 'token',
    };
    const url = build({ ...oauth2, authorizationParameters });
    expect(url.searchParams.getAll('state')).toEqual(['state']);
    expect(url.searchParams.getAll('response_type')).toEqual(['code']);
    expect(url.searchParams.getAll('redirect_uri')).toEqual(['http://127.0.0.1:7979/callback']);
    expect(url.searchParams.getAll('code_challenge')).toHaveLength(1);
  });
});

describe('the scopes asked for', () => {
  const scopes = (picked: string[] | null) => {
    const asked = requestedScopes(definition, oauth2, picked);
    return asked.ok ? asked.value.scopes : asked.error.code;
  };

  test('are the picked ones and always the required ones, once each', () => {
    expect(scopes(['read:jira-work', 'read:me', 'read:jira-work'])).toEqual([
      'read:jira-work',
      'read:me',
      'offline_access',
    ]);
    expect(scopes(null)).toEqual(oauth2.defaultScopes);
    expect(scopes([])).toEqual(['offline_access']);
  });

  test.each([['a b'], ['a"b'], ['a\\b'], ['ü'], [''], ['x'.repeat(201)]])('refuse %j', (scope) => {
    expect(scopes([scope])).toBe('invalid-input');
  });

  test('never hold openid at Atlassian, where it breaks the page', () => {
    expect(scopes(['openid'])).toBe('invalid-input');
    const other: ProviderDefinition = {
      ...definition,
      identity: { kind: 'userinfo', userinfoUrl: 'https://id.example/me' },
    };
    expect(requestedScopes(other, oauth2, ['openid']).ok).toBe(true);
  });

  test('come with a notice when they are more than Atlassian takes', () => {
    const many = requestedScopes(
      definition,
      oauth2,
      Array.from({ length: 60 }, (_, index) => `read:s${String(index)}:jira`),
    );
    expect(many.ok && many.value.notice).toContain('61 scopes');
  });
});
