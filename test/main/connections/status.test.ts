import { describe, expect, it } from 'vitest';
import type { ConnectionStatus } from '../../../contract/connection.ts';
import type { SignInId } from '../../../contract/ids.ts';
import {
  missingScopes,
  nextStatusChange,
  statusOf,
  type StatusCircumstances,
} from '../../../main/connections/status.ts';
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
  condition: {
    kind: 'transient',
    since: NOW - 5,
    reason: 'no network',
    failures: 2,
    retryAt: NOW + 60,
    answered: false,
  },
} as const;
const lacking = { requestedScopes: ['read', 'write', 'offline_access', 'openid'], grantedScopes: ['read'] };
const fixed = { renewal: 'none' } as const;
const paused = { pausedAt: NOW - 7 };

const CALM: StatusCircumstances = {
  now: NOW,
  signIn: null,
  refreshingSince: null,
  keyLostSince: null,
  trouble: null,
  allPaused: false,
};

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
    [
      'nothing could be tried: the disk is full',
      ok,
      {
        trouble: {
          since: NOW - 5,
          retryAt: NOW + 60,
          failure: { code: 'io', message: 'full', hint: 'free' },
        },
      },
      { state: 'needs-reconnect', fault: 'storage', reason: 'full', hint: 'free', since: iso(NOW - 5) },
    ],
    [
      'its tokens cannot be read',
      ok,
      { trouble: { since: NOW, retryAt: NOW, failure: { code: 'store-corrupt', message: 'damaged' } } },
      { state: 'needs-reconnect', fault: 'storage' },
    ],
    [
      'that its grant is gone could not be stored',
      ok,
      { trouble: { since: NOW, retryAt: NOW, failure: { code: 'needs-reconnect', message: 'gone' } } },
      { state: 'needs-reconnect', fault: 'grant' },
    ],
    [
      'that its client is wrong could not be stored',
      ok,
      { trouble: { since: NOW, retryAt: NOW, failure: { code: 'misconfigured', message: 'wrong' } } },
      { state: 'needs-reconnect', fault: 'configuration' },
    ],
    ['it is paused', paused, {}, { state: 'paused', since: iso(NOW - 7) }],
    ['all refreshing is paused', ok, { allPaused: true }, { state: 'paused', since: null }],
    ['it and all refreshing are paused', paused, { allPaused: true }, { state: 'paused', since: null }],
    ['all is paused and the grant is gone', gone, { allPaused: true }, { state: 'needs-reconnect' }],
    [
      'all is paused and nothing refreshes it',
      { ...ok, ...fixed },
      { allPaused: true },
      { state: 'expiring' },
    ],
    ['it is paused and was offline', { ...paused, ...offline }, {}, { state: 'paused' }],
    [
      'it is offline',
      offline,
      {},
      {
        state: 'offline',
        since: iso(NOW - 5),
        reason: 'No network.',
        retryAt: iso(NOW + 60),
        answered: false,
      },
    ],
    [
      'the provider answered with an error',
      { condition: { ...offline.condition, answered: true } },
      {},
      { state: 'offline', answered: true },
    ],
    [
      'nobody answered, which could not be stored',
      ok,
      { trouble: { since: NOW, retryAt: NOW, failure: { code: 'offline', message: 'No answer.' } } },
      { state: 'offline', reason: 'No answer.', answered: false },
    ],
    [
      'the provider answered with an error, which could not be stored',
      ok,
      { trouble: { since: NOW, retryAt: NOW, failure: { code: 'temporary', message: 'Too many.' } } },
      { state: 'offline', reason: 'Too many.', answered: true },
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
      ...CALM,
      ...circumstances,
    });
    expect(status).toMatchObject(expected);
  });

  it('does not say to reconnect when the key is lost, which would be refused', () => {
    const circumstances = { ...CALM, keyLostSince: NOW };
    expect(JSON.stringify(statusOf(record(), circumstances))).not.toContain('tokentray reconnect');
  });

  it('says what to do about a wrong client, which is not to sign in again', () => {
    const status = statusOf(record(wrong), CALM);
    expect(status).toMatchObject({ hint: expect.stringContaining('tokentray clients change') as string });
  });
});

describe('nextStatusChange', () => {
  it.each([
    ['one that is renewed', 'refresh-token', NOW + HOUR, null],
    ['one without an end', 'none', null, null],
    ['one that is minted again', 'client-credentials', NOW + HOUR, null],
    ['one that ends in ten days: a week before', 'none', NOW + 10 * DAY, NOW + 3 * DAY],
    ['one that has just begun its last week: its end', 'none', NOW + 7 * DAY, NOW + 7 * DAY],
    ['one that ends within the week: its end', 'none', NOW + HOUR, NOW + HOUR],
    ['one that has ended', 'none', NOW, null],
  ] as const)('of %s', (_, renewal, expiresAt, at) => {
    expect(nextStatusChange({ renewal, expiresAt }, NOW)).toBe(at);
    if (at === null) return;
    const state = (now: number) => statusOf(record({ renewal, expiresAt }), { ...CALM, now }).state;
    expect(state(at)).not.toBe(state(at - 1));
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
