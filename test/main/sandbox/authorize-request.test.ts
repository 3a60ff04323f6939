import { expect, test } from 'vitest';
import { SANDBOX_APP } from '../../../main/sandbox/app-registration.ts';
import {
  codeRedirect,
  errorRedirect,
  judgeAuthorizeRequest,
  type AuthorizeRules,
} from '../../../main/sandbox/authorize-request.ts';
import { ATLASSIAN_SERVER } from '../../../main/sandbox/oauth-server.ts';

const FIXED = {
  name: 'Fixed',
  clientId: 'fixed',
  clientSecret: 's',
  redirectUris: ['http://localhost:8080/cb'],
};

const GOOD = {
  client_id: SANDBOX_APP.clientId,
  redirect_uri: 'http://127.0.0.1:7979/callback',
  response_type: 'code',
  audience: 'api.atlassian.com',
  scope: 'read:me offline_access',
  state: 'st',
  code_challenge: 'x'.repeat(43),
  code_challenge_method: 'S256',
};

const judge = (changes: Record<string, string | null>, rules: Partial<AuthorizeRules> = {}): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...GOOD, ...changes } as Record<string, string | null>))
    if (value !== null) query.set(name, value);
  const verdict = judgeAuthorizeRequest(query, {
    server: ATLASSIAN_SERVER,
    apps: [SANDBOX_APP, FIXED],
    notEnabled: [],
    resources: null,
    httpsCallbackOnly: false,
    ...rules,
  });
  switch (verdict.kind) {
    case 'valid':
      return 'valid';
    case 'page':
      return `page: ${verdict.title}`;
    case 'redirect':
      return new URL(verdict.location).search.replace(/&error_description=[^&]*/, '');
  }
};

test.each<[string, Record<string, string | null>, string]>([
  ['all is there', {}, 'valid'],
  ['another loopback callback', { redirect_uri: 'http://[::1]:1234/x' }, 'valid'],
  ['unknown app', { client_id: 'nobody' }, 'page: Unknown app'],
  ['no app', { client_id: null }, 'page: Unknown app'],
  ['callback elsewhere', { redirect_uri: 'https://evil.example/cb' }, 'page: Callback not registered'],
  ['callback missing', { redirect_uri: null }, 'page: Callback not registered'],
  ['callback as registered', { client_id: 'fixed', redirect_uri: 'http://localhost:8080/cb' }, 'valid'],
  [
    'callback with another slash',
    { client_id: 'fixed', redirect_uri: 'http://localhost:8080/cb/' },
    'page: Callback not registered',
  ],
  [
    'callback by another name',
    { client_id: 'fixed', redirect_uri: 'http://127.0.0.1:8080/cb' },
    'page: Callback not registered',
  ],
  ['openid', { scope: 'openid read:me' }, 'page: Something went wrong'],
  [
    '81 scopes',
    { scope: Array.from({ length: 81 }, (_, index) => `s:${index}`).join(' ') },
    'page: Too many scopes',
  ],
  ['token flow', { response_type: 'token' }, '?error=unsupported_response_type&state=st'],
  ['no state', { state: null }, '?error=invalid_request'],
  ['no audience', { audience: null }, '?error=invalid_request&state=st'],
  ['no challenge', { code_challenge: null }, '?error=invalid_request&state=st'],
  ['plain challenge', { code_challenge_method: 'plain' }, '?error=invalid_request&state=st'],
  ['short challenge', { code_challenge: 'x' }, '?error=invalid_request&state=st'],
  ['no scope', { scope: ' ' }, '?error=invalid_scope&state=st'],
  ['malformed scope', { scope: 'read:me "x"' }, '?error=invalid_scope&state=st'],
])('%s', (_name, changes, verdict) => {
  expect(judge(changes)).toBe(verdict);
});

const RESOURCES = ['https://mcp.example/v2/mcp'];
const FIXED_SCOPES = { ...ATLASSIAN_SERVER, fixedScopes: ['account'] };
test.each<[string, Record<string, string | null>, Partial<AuthorizeRules>, string]>([
  ['a scope that the app lacks', {}, { notEnabled: ['read:me'] }, 'page: Something went wrong'],
  ['another scope that it lacks', {}, { notEnabled: ['read:x'] }, 'valid'],
  ['http, where https is wanted', {}, { httpsCallbackOnly: true }, 'page: Callback not secure'],
  ['no resource', {}, { resources: RESOURCES }, '?error=invalid_target&state=st'],
  [
    'its origin',
    { resource: 'https://mcp.example/' },
    { resources: RESOURCES },
    '?error=invalid_target&state=st',
  ],
  ['the resource', { resource: RESOURCES[0]! }, { resources: RESOURCES }, 'valid'],
  ['no scope, where they are fixed', { scope: null }, { server: FIXED_SCOPES }, 'valid'],
  [
    'no challenge, where it is ignored',
    { code_challenge: null },
    { server: { ...ATLASSIAN_SERVER, pkce: 'ignored' } },
    'valid',
  ],
])('by the rules of a server: %s', (_name, changes, rules, verdict) => {
  expect(judge(changes, rules)).toBe(verdict);
});

test('what is sent back is encoded, and the callback keeps its own path', () => {
  const back = { redirectUri: 'http://127.0.0.1:7979/callback', state: 'a&b=c #' };
  expect(new URL(codeRedirect(back, 'c+1')).searchParams.get('state')).toBe(back.state);
  expect(new URL(errorRedirect(back, 'access_denied', 'a b')).pathname).toBe('/callback');
});
