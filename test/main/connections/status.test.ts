import { describe, expect, it } from 'vitest';
import type { ConnectionStatus } from '../../../contract/connection.ts';
import type { SignInId } from '../../../contract/ids.ts';
import { missingScopes, statusOf, type StatusCircumstances } from '../../../main/connections/status.ts';
import type { ConnectionRecord } from '../../../main/store/records.ts';
import { record } from './sample.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const signIn = '7f1d4c5e-5a0e-4e55-9f3e-0f2e9a3a1b11' as SignInId;
const iso = (epochMs: number): string => new Date(epochMs).toISOString();

const ok = { expiresAt: NOW + HOUR };
const gone = { condition: { kind: 'gone', since: NOW - 5, reason: 'no longer' } } as const;
const wrong = { condition: { kind: 'misconfigured', since: NOW - 5, reason: 'bad secret' } } as const;
const offline = {
  condition: { kind: 'transient', since: NOW - 5, reason: 'no network', failures: 2, retryAt: NOW + 60 },
} as const;
const lacking = { requestedScopes: ['read', 'write', 'offline_access', 'openid'], grantedScopes: ['read'] };
const fixed = { hasRefreshToken: false };
const paused = { pausedAt: NOW - 7 };

describe('statusOf', () => {
  it.each<[string, Partial<ConnectionRecord>, Partial<StatusCircumstances>, Partial<ConnectionStatus>]>([
    ['all is well', ok, {}, { state: 'connected' }],
    ['its token has just ended, it will be refreshed', { expiresAt: NOW - 1 }, {}, { state: 'connected' }],
    ['a sign-in reconnects it', gone, { signIn }, { state: 'connecting', signIn }],
    ['it is refreshed', ok, { refreshingSince: NOW }, { state: 'refreshing', since: iso(NOW) }],
    ['it is refreshed after a failure', offline, { refreshingSince: NOW }, { state: 'refreshing' }],
    [
      'the grant is gone',
      gone,
      {},
      { state: 'needs-reconnect', fault: 'grant', reason: 'no longer', since: iso(NOW - 5) },
    ],
    ['the grant is gone and it is paused', { ...gone, ...paused }, {}, { state: 'needs-reconnect' }],
    ['the client is wrong', wrong, {}, { state: 'needs-reconnect', fault: 'configuration' }],
    ['the key is lost', ok, { keyLostSince: NOW }, { state: 'needs-reconnect', fault: 'key-lost' }],
    ['it is paused', paused, {}, { state: 'paused', since: iso(NOW - 7) }],
    ['it is paused and was offline', { ...paused, ...offline }, {}, { state: 'paused' }],
    [
      'it is offline',
      offline,
      {},
      { state: 'offline', since: iso(NOW - 5), reason: 'no network', retryAt: iso(NOW + 60) },
    ],
    ['scopes lack', lacking, {}, { state: 'missing-scope', scopes: ['write'] }],
    ['scopes lack and it is offline', { ...lacking, ...offline }, {}, { state: 'offline' }],
    [
      'it cannot be renewed, and ends within a week',
      { ...fixed, expiresAt: NOW + 3 * DAY },
      {},
      { state: 'expiring', expiresAt: iso(NOW + 3 * DAY) },
    ],
    [
      'it cannot be renewed, and ends later',
      { ...fixed, expiresAt: NOW + 8 * DAY },
      {},
      { state: 'connected' },
    ],
    [
      'it cannot be renewed, and has ended',
      { ...fixed, expiresAt: NOW },
      {},
      { state: 'needs-reconnect', fault: 'grant', since: iso(NOW) },
    ],
    ['it cannot be renewed, and never ends', { ...fixed, expiresAt: null }, {}, { state: 'connected' }],
  ])('when %s', (_, change, circumstances, expected) => {
    const status = statusOf(record({ expiresAt: NOW + HOUR, ...change }), {
      now: NOW,
      signIn: null,
      refreshingSince: null,
      keyLostSince: null,
      ...circumstances,
    });
    expect(status).toMatchObject(expected);
  });

  it('does not say to reconnect when the key is lost, which would be refused', () => {
    const circumstances = { now: NOW, signIn: null, refreshingSince: null, keyLostSince: NOW };
    expect(JSON.stringify(statusOf(record(), circumstances))).not.toContain('tokentray reconnect');
  });

  it('says what to do about a wrong client, which is not to sign in again', () => {
    const status = statusOf(record(wrong), {
      now: NOW,
      signIn: null,
      refreshingSince: null,
      keyLostSince: null,
    });
    expect(status).toMatchObject({ hint: expect.stringContaining('client id and secret') as string });
  });
});

describe('missingScopes', () => {
  it.each([
    [['read', 'write'], ['read'], ['write']],
    [['read', 'offline_access', 'openid'], ['read'], []],
    [['read'], ['read', 'more'], []],
    [['read'], [], []],
  ])('asked %j, granted %j', (requestedScopes, grantedScopes, missing) => {
    expect(missingScopes({ requestedScopes, grantedScopes })).toEqual(missing);
  });
});
