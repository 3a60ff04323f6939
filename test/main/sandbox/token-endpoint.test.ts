import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { SANDBOX_APP } from '../../../main/sandbox/app-registration.ts';
import type { Reply } from '../../../main/sandbox/exchange.ts';
import type { SandboxState } from '../../../main/sandbox/sandbox-state.ts';
import { answerRevoke } from '../../../main/sandbox/revoke.ts';
import { answerToken } from '../../../main/sandbox/token-endpoint.ts';
import type { FakeClock } from '../../fakes/fake-clock.ts';
import { sandboxState } from './sandbox-fixture.ts';

const REDIRECT_URI = 'http://127.0.0.1:7979/callback';
const VERIFIER = 'v'.repeat(43);
const SCOPES = ['read:me', 'offline_access'];

let state: SandboxState & { clock: FakeClock };
beforeEach(() => {
  state = sandboxState();
});

function newCode(scopes = SCOPES): string {
  const { clientId } = SANDBOX_APP;
  const grant = state.grants.consent({ clientId, person: 'ana', scopes, sites: 'all' });
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
  return state.codes.issue(
    { clientId, redirectUri: REDIRECT_URI, challenge, grant, scopes },
    state.clock.now(),
  );
}

const post = (parameters: Record<string, string>): Reply =>
  answerToken(
    state,
    new Map(
      Object.entries({
        client_id: SANDBOX_APP.clientId,
        client_secret: SANDBOX_APP.clientSecret,
        ...parameters,
      }),
    ),
    null,
  );

const exchange = (changes: Record<string, string> = {}): Reply =>
  post({
    grant_type: 'authorization_code',
    code: changes['code'] ?? newCode(),
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
    ...changes,
  });

const verdict = ({ status, body }: Reply): string =>
  `${status} ${(JSON.parse(body) as { error?: string }).error ?? 'ok'}`;

const refreshTokenOf = ({ body }: Reply): string =>
  (JSON.parse(body) as { refresh_token: string }).refresh_token;

test.each<[string, Record<string, string>, string]>([
  ['as it should be', {}, '200 ok'],
  ['wrong secret', { client_secret: 'x' }, '401 access_denied'],
  ['no secret', { client_secret: '' }, '401 access_denied'],
  ['unknown app', { client_id: 'x' }, '401 access_denied'],
  ['unknown code', { code: 'x' }, '403 invalid_grant'],
  ['another callback', { redirect_uri: `${REDIRECT_URI}/` }, '403 invalid_grant'],
  ['another verifier', { code_verifier: 'w'.repeat(43) }, '403 invalid_grant'],
  ['no verifier', { code_verifier: '' }, '403 invalid_grant'],
  ['another grant type', { grant_type: 'password' }, '403 unsupported_grant_type'],
])('exchange: %s', (_name, changes, expected) => {
  expect(verdict(exchange(changes))).toBe(expected);
});

test('a code is taken once, even when the first try failed, and lives a minute', () => {
  const used = newCode();
  expect(verdict(exchange({ code: used }))).toBe('200 ok');
  expect(verdict(exchange({ code: used }))).toBe('403 invalid_grant');
  const tried = newCode();
  expect(verdict(exchange({ code: tried, code_verifier: 'wrong' }))).toBe('403 invalid_grant');
  expect(verdict(exchange({ code: tried }))).toBe('403 invalid_grant');
  const inTime = newCode();
  state.clock.advance(60_000);
  expect(verdict(exchange({ code: inTime }))).toBe('200 ok');
  const late = newCode();
  state.clock.advance(60_001);
  expect(verdict(exchange({ code: late }))).toBe('403 invalid_grant');
});

test('a code of another app is refused', () => {
  const other = { name: 'Other', clientId: 'other', clientSecret: 'o', redirectUris: [REDIRECT_URI] };
  state = { ...state, apps: [...state.apps, other] };
  expect(verdict(exchange({ client_id: 'other', client_secret: 'o' }))).toBe('403 invalid_grant');
});

test('a refresh token of another app is refused and stays good for its own', () => {
  const other = { name: 'Other', clientId: 'other', clientSecret: 'o', redirectUris: [REDIRECT_URI] };
  state = { ...state, apps: [...state.apps, other] };
  const refresh = { grant_type: 'refresh_token', refresh_token: refreshTokenOf(exchange()) };
  expect(verdict(post({ ...refresh, client_id: 'other', client_secret: 'o' }))).toBe(
    '403 unauthorized_client',
  );
  expect(verdict(post(refresh))).toBe('200 ok');
});

test('no refresh token without offline_access', () => {
  expect(JSON.parse(exchange({ code: newCode(['read:me']) }).body)).not.toHaveProperty('refresh_token');
});

test('revoking one token ends the grant; a token that means nothing is answered alike', () => {
  const refresh_token = refreshTokenOf(exchange());
  const revoke = (token: string): number =>
    answerRevoke(
      state,
      new Map([
        ['client_id', SANDBOX_APP.clientId],
        ['client_secret', SANDBOX_APP.clientSecret],
        ['token', token],
      ]),
    ).status;
  expect(revoke('nonsense')).toBe(200);
  expect(state.grants.list()).toHaveLength(1);
  expect(revoke(refresh_token)).toBe(200);
  expect(state.grants.list()).toHaveLength(0);
  expect(verdict(post({ grant_type: 'refresh_token', refresh_token }))).toBe('403 unauthorized_client');
});
