import { describe, expect, it } from 'vitest';
import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import type { SignInId } from '../../../contract/ids.ts';
import {
  announcementOf,
  connectionBadge,
  stateAction,
  stateHint,
  stateSentence,
} from '../../../renderer/view/state-words.ts';
import { aConnection } from '../../fakes/window-data.ts';
import { plainSpaces } from '../../fakes/plain-spaces.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const at = (ms: number): string => new Date(NOW + ms).toISOString();
const MINUTE = 60_000;
const DAY = 86_400_000;

const view = (status: ConnectionStatus, change: Partial<ConnectionView> = {}): ConnectionView =>
  aConnection(1, NOW, { name: 'acme', expiresAt: at(52 * MINUTE), status, ...change });

const gone: ConnectionStatus = {
  state: 'needs-reconnect',
  since: at(0),
  fault: 'grant',
  reason: 'invalid_grant',
  hint: 'Sign in again.',
};

describe('the text of each state', () => {
  it.each<[ConnectionView, string, string, string | null]>([
    [
      view({ state: 'connecting', signIn: '' as SignInId }),
      '◌ Waiting for browser',
      'Finish the sign-in in your browser.',
      null,
    ],
    [view({ state: 'connected' }), '● Connected', 'Renews automatically · token valid 52 min', null],
    [
      view({ state: 'connected' }, { nextRefreshAt: null }),
      '● Connected',
      'Not renewed now · token valid 52 min',
      null,
    ],
    [
      view({ state: 'connected' }, { canRefresh: false, expiresAt: null }),
      '● Connected',
      'Can’t be renewed · token expiry unknown',
      null,
    ],
    [
      view({ state: 'refreshing', since: at(0) }),
      '◐ Refreshing',
      'Renews automatically · token valid 52 min',
      null,
    ],
    [
      view({ state: 'expiring', expiresAt: at(3 * DAY) }, { method: 'api-token' }),
      '◔ Expires in 3 days',
      'This API token can’t be renewed.',
      'replace',
    ],
    [
      view({ state: 'expiring', expiresAt: at(3 * DAY) }, { method: 'personal-access-token' }),
      '◔ Expires in 3 days',
      'This personal access token can’t be renewed.',
      'replace',
    ],
    [
      view({ state: 'expiring', expiresAt: at(-1) }),
      '▲ Expired',
      'This sign-in can’t be renewed.',
      'reconnect',
    ],
    [view(gone), '▲ Needs reconnect', 'Atlassian no longer accepts this sign-in.', 'reconnect'],
    [
      view({ ...gone, fault: 'configuration', reason: 'The client secret is wrong.' }),
      '▲ Needs fixing',
      'The client secret is wrong.',
      'open-providers',
    ],
    [
      view({ ...gone, fault: 'key-lost', reason: 'The key is gone.' }),
      '▲ Needs fixing',
      'The key is gone.',
      null,
    ],
    [
      view({ state: 'missing-scope', since: at(0), scopes: ['write:jira-work'] }),
      '▲ Missing permission',
      'write:jira-work wasn’t granted.',
      'reconnect',
    ],
    [
      view({ state: 'offline', since: at(0), reason: 'DNS', retryAt: at(2 * MINUTE), answered: false }),
      '○ Offline',
      'Can’t reach Atlassian. Retrying in 2 min.',
      'refresh',
    ],
    [
      view({ state: 'offline', since: at(0), reason: '429', retryAt: at(2 * MINUTE), answered: true }),
      '○ Retrying',
      'Couldn’t be refreshed. Retrying in 2 min.',
      'refresh',
    ],
    [
      view({ state: 'offline', since: at(0), reason: 'DNS', retryAt: at(-1), answered: false }),
      '○ Offline',
      'Can’t reach Atlassian. Retrying now.',
      'refresh',
    ],
    [
      view({ state: 'paused', since: at(0) }),
      '‖ Paused',
      'Not refreshed until you resume · token valid 52 min',
      'resume',
    ],
    [
      view({ state: 'paused', since: null }),
      '‖ Paused',
      'All refreshing is paused · token valid 52 min',
      'resume-all',
    ],
  ])('%#', (connection, badge, sentence, action) => {
    const { shape, word } = connectionBadge(connection, NOW);
    expect(plainSpaces(`${shape} ${word}`)).toBe(badge);
    expect(plainSpaces(stateSentence(connection, NOW))).toBe(sentence);
    expect(stateAction(connection)).toBe(action);
  });

  it('passes the core’s hint on', () => {
    expect(stateHint(view(gone))).toBe('Sign in again.');
    expect(stateHint(view({ state: 'connected' }))).toBeNull();
  });

  it('says what to do about a permission that was not granted', () => {
    expect(stateHint(view({ state: 'missing-scope', since: at(0), scopes: ['read:me'] }))).toMatch(
      /^Reconnect and allow it/,
    );
  });
});

describe('announcementOf', () => {
  const connected = view({ state: 'connected' });
  const refreshing = view({ state: 'refreshing', since: at(0) });
  it.each([
    ['a new problem, wherever one looks', connected, view(gone), false, 'acme: Needs reconnect'],
    ['the end of a refresh one watches', refreshing, connected, true, 'acme: Connected'],
    ['the end of a refresh elsewhere', refreshing, connected, false, null],
    ['the begin of a refresh', connected, refreshing, true, null],
    ['no change of state', connected, { ...connected, name: 'b' }, true, null],
    ['a connection that is new', undefined, connected, true, null],
  ])('%s', (_, before, after, selected, text) => {
    expect(announcementOf(before, after, selected, NOW)).toBe(text);
  });
});
