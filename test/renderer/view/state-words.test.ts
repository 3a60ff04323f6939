import { describe, expect, it } from 'vitest';
import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import type { SignInId } from '../../../contract/ids.ts';
import {
  faultDetails,
  inlineAction,
  stateHint,
  stateSentence,
} from '../../../renderer/view/state-reasons.ts';
import {
  announcementOf,
  connectionBadge,
  mainAction,
  offersCopy,
  stateAction,
} from '../../../renderer/view/state-words.ts';
import { clock } from '../../../renderer/view/time-words.ts';
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
  it.each<[ConnectionView, string, string | null, string | null, string | null]>([
    [view({ state: 'connecting', signIn: '' as SignInId }), '◌ Waiting for browser', null, null, 'copy'],
    [view({ state: 'connected' }), '● Connected', null, null, 'copy'],
    [view({ state: 'refreshing', since: at(0) }), '◐ Refreshing', null, null, 'copy'],
    [
      view({ state: 'expiring', expiresAt: at(3 * DAY) }, { method: 'api-token' }),
      '◔ Expires in 3 days',
      'Replace this API token before it ends; env files follow.',
      'replace',
      'replace',
    ],
    [
      view({ state: 'expiring', expiresAt: at(3 * DAY) }, { method: 'personal-access-token' }),
      '◔ Expires in 3 days',
      'Replace this personal access token before it ends; env files follow.',
      'replace',
      'replace',
    ],
    [
      view({ state: 'expiring', expiresAt: at(-1) }),
      '▲ Expired',
      'Reconnect to go on; env files follow.',
      'reconnect',
      'reconnect',
    ],
    [
      view(gone),
      '▲ Needs reconnect',
      'Atlassian ended this sign-in. Reconnecting keeps its name and env files.',
      'reconnect',
      'reconnect',
    ],
    [
      view({ ...gone, fault: 'configuration', reason: 'it was refused (invalid_client: no (such) client).' }),
      '▲ Needs fixing',
      'It was refused.',
      'open-providers',
      'open-providers',
    ],
    [
      view({ ...gone, fault: 'key-lost', reason: 'The key is gone.' }),
      '▲ Needs fixing',
      'The key is gone.',
      null,
      null,
    ],
    [
      view({ state: 'missing-scope', since: at(0), scopes: ['write:jira-work'] }),
      '▲ Missing permission',
      'Not allowed: write:jira-work.',
      'reconnect',
      'reconnect',
    ],
    [
      view({ state: 'offline', since: at(0), reason: 'DNS', retryAt: at(2 * MINUTE), answered: false }),
      '○ Offline',
      `Can’t reach Atlassian since ${clock(at(0))}. Next try at ${clock(at(2 * MINUTE))}.`,
      'refresh',
      'copy',
    ],
    [
      view(
        { state: 'offline', since: at(0), reason: 'DNS', retryAt: at(-1), answered: false },
        { expiresAt: at(-1) },
      ),
      '○ Offline',
      `Can’t reach Atlassian since ${clock(at(0))}. Trying now.`,
      'refresh',
      'refresh',
    ],
    [
      view({ state: 'offline', since: at(0), reason: '429', retryAt: at(2 * MINUTE), answered: true }),
      '○ Retrying',
      `Atlassian has given no new token since ${clock(at(0))}. Next try at ${clock(at(2 * MINUTE))}.`,
      'refresh',
      'copy',
    ],
    [
      view({ state: 'paused', since: at(-5 * MINUTE) }),
      '‖ Paused',
      'Not renewed until you resume; paused 5 min ago.',
      'resume',
      'copy',
    ],
    [
      view({ state: 'paused', since: null }, { expiresAt: at(-1) }),
      '‖ Paused',
      'Nothing is renewed until you resume.',
      'resume-all',
      'resume-all',
    ],
  ])('%#', (connection, badge, sentence, action, main) => {
    const { shape, word } = connectionBadge(connection, NOW);
    expect(plainSpaces(`${shape} ${word}`)).toBe(badge);
    expect(plainSpaces(stateSentence(connection, NOW) ?? '')).toBe(plainSpaces(sentence ?? ''));
    expect(stateAction(connection)).toBe(action);
    expect(mainAction(connection, NOW)).toBe(main);
    // What is offered is offered once, and a token only where it works.
    const inline = inlineAction(connection, NOW);
    if (inline !== null) expect(inline).not.toBe(main);
    if (main === 'reconnect' && connection.status.state === 'needs-reconnect')
      expect(offersCopy(connection, NOW)).toBe(false);
    if (action === 'refresh' || action === 'resume' || action === 'resume-all')
      expect([main, inline]).toContain(action);
  });

  it('passes the core’s hint on where no button does what it says', () => {
    expect(stateHint(view({ ...gone, fault: 'storage' }))).toBe('Sign in again.');
    expect(stateHint(view(gone))).toBeNull();
    expect(stateHint(view({ state: 'connected' }))).toBeNull();
  });

  it('keeps what was said for the details', () => {
    expect(faultDetails(view(gone), NOW)).toMatch(/ · invalid_grant$/);
    expect(faultDetails(view({ ...gone, since: at(-3 * DAY) }), NOW)).toMatch(/19.* · invalid_grant$/);
    expect(faultDetails(view({ state: 'connected' }), NOW)).toBeNull();
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
