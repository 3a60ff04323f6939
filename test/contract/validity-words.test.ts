import { expect, it } from 'vitest';
import type { ConnectionStatus, ConnectionView } from '../../contract/connection.ts';
import type { SignInId } from '../../contract/ids.ts';
import type { KeychainStatus } from '../../contract/status.ts';
import { untilWords, validityWords } from '../../contract/validity-words.ts';
import { clock } from '../../contract/when-words.ts';
import { aConnection } from '../fakes/window-data.ts';

/** Local time, so that the table is true in every time zone. Day 0 is 29 November. */
const time = (hours: number, minutes: number, day = 0): string =>
  new Date(2026, 10, 29 + day, hours, minutes).toISOString();
const NOW = Date.parse(time(11, 5));
/** As this system writes it. */
const at = (hours: number, minutes: number): string => clock(time(hours, minutes));
const dayOf = (day: number, year = false): string =>
  new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'long',
    ...(year && { year: 'numeric' }),
  }).format(new Date(2026, 10, 29 + day, 12));

const CONNECTED: ConnectionStatus = { state: 'connected' };
const broken = (
  fault: Extract<ConnectionStatus, { state: 'needs-reconnect' }>['fault'],
  since: string,
): ConnectionStatus => ({ state: 'needs-reconnect', since, reason: '', fault, hint: '' });
const offline = (answered: boolean): ConnectionStatus => ({
  state: 'offline',
  since: time(10, 50),
  reason: 'ENOTFOUND',
  retryAt: time(11, 7),
  answered,
});
const missing: ConnectionStatus = { state: 'missing-scope', since: time(10, 0), scopes: ['write:jira-work'] };
const paused = (since: string | null): ConnectionStatus => ({ state: 'paused', since });
const pasted = { method: 'api-token', grant: null, canRefresh: false, nextRefreshAt: null } as const;

type Row = [
  name: string,
  status: ConnectionStatus,
  change: Partial<ConnectionView>,
  line: string,
  until: string | null,
  keychain?: KeychainStatus['state'],
];

const END = time(11, 57);
const PAST = time(10, 57);
const UNTIL = `until ${at(11, 57)}`;
const STOPPED = `Stopped working at ${at(10, 57)} · 8 min ago`;

const ROWS: Row[] = [
  ['connected', CONNECTED, {}, `Works ${UNTIL} · renews at ${at(11, 50)}`, UNTIL],
  ['a renewal that is due', CONNECTED, { nextRefreshAt: time(11, 4) }, `Works ${UNTIL} · renews now`, UNTIL],
  ['refreshing', { state: 'refreshing', since: time(11, 5) }, {}, `Works ${UNTIL} · renewing now`, UNTIL],
  [
    'refreshing what has ended',
    { state: 'refreshing', since: time(11, 5) },
    { expiresAt: PAST },
    `Token ended at ${at(10, 57)} · renewing now`,
    null,
  ],
  [
    'the clock was set forward past its end',
    CONNECTED,
    { expiresAt: PAST, nextRefreshAt: PAST },
    `Token ended at ${at(10, 57)} · renews now`,
    null,
  ],
  [
    'the clock was set back before it was obtained',
    CONNECTED,
    { obtainedAt: time(11, 30), lastRefreshAt: time(11, 30) },
    `Works ${UNTIL} · renews at ${at(11, 50)}`,
    UNTIL,
  ],
  ['a closed keychain', CONNECTED, { nextRefreshAt: null }, `Works ${UNTIL} · not renewed for now`, UNTIL],
  ['locked', CONNECTED, {}, `Token good ${UNTIL} · locked: given to nobody`, UNTIL, 'locked'],
  ['locked, no end known', CONNECTED, { ...pasted, expiresAt: null }, 'Locked', null, 'locked'],
  ['locked and broken', broken('grant', PAST), { expiresAt: PAST }, STOPPED, null, 'locked'],
  [
    'over midnight',
    CONNECTED,
    { expiresAt: time(0, 30, 1), nextRefreshAt: time(0, 25, 1) },
    `Works until tomorrow ${at(0, 30)} · renews tomorrow at ${at(0, 25)}`,
    `until tomorrow ${at(0, 30)}`,
  ],
  [
    'another day: its date',
    CONNECTED,
    { expiresAt: time(9, 0, 3), nextRefreshAt: time(9, 0, 2) },
    `Works until ${dayOf(3)} · renews on ${dayOf(2)}`,
    `until ${dayOf(3)}`,
  ],
  ['an expiry nobody knows', CONNECTED, { expiresAt: null }, `Works · renews at ${at(11, 50)}`, null],
  ['no known end', CONNECTED, { ...pasted, expiresAt: null }, 'Works · no end known', null],
  [
    'an API token',
    CONNECTED,
    { ...pasted, expiresAt: time(23, 59, 50) },
    `Works until ${dayOf(50, true)} · can’t be renewed`,
    `until ${dayOf(50, true)}`,
  ],
  [
    'an API token that ends soon',
    { state: 'expiring', expiresAt: time(23, 59, 4) },
    { ...pasted, expiresAt: time(23, 59, 4) },
    `Works until ${dayOf(4)} · can’t be renewed`,
    `until ${dayOf(4)}`,
  ],
  [
    'an API token that has ended',
    { state: 'expiring', expiresAt: time(10, 57) },
    { ...pasted, expiresAt: PAST },
    STOPPED,
    null,
  ],
  ['offline', offline(false), { expiresAt: END }, `Token good ${UNTIL} · renews once online`, UNTIL],
  ['answered, but not renewed', offline(true), {}, `Token good ${UNTIL} · not renewed yet`, UNTIL],
  ['offline for too long', offline(false), { expiresAt: PAST }, STOPPED, null],
  ['offline, expiry unknown', offline(false), { expiresAt: null }, 'Not renewed · no end known', null],
  ['a grant that is gone', broken('grant', time(10, 50)), { expiresAt: PAST }, STOPPED, null],
  [
    'since yesterday',
    broken('grant', time(23, 0, -1)),
    { expiresAt: time(23, 10, -1) },
    `Stopped working yesterday at ${at(23, 10)} · 11 h 55 min ago`,
    null,
  ],
  [
    'for days',
    broken('grant', time(9, 0, -4)),
    { expiresAt: time(9, 0, -4) },
    `Stopped working on ${dayOf(-4)} · 4 days ago`,
    null,
  ],
  [
    'a grant that is gone before its token ends',
    broken('grant', time(10, 50)),
    {},
    `Sign-in ended at ${at(10, 50)} · copies may work ${UNTIL}`,
    null,
  ],
  ['a grant that is gone, expiry unknown', broken('grant', PAST), { expiresAt: null }, STOPPED, null],
  ['a wrong client secret', broken('configuration', PAST), {}, `Works ${UNTIL} · not renewed`, UNTIL],
  ['a wrong client secret for long', broken('configuration', time(9, 0)), { expiresAt: PAST }, STOPPED, null],
  ['a full disk', broken('storage', PAST), {}, `Works ${UNTIL} · not renewed`, UNTIL],
  ['a lost key, whatever the token', broken('key-lost', PAST), {}, STOPPED, null],
  ['a missing permission', missing, {}, `Works ${UNTIL} · renews at ${at(11, 50)}`, UNTIL],
  ['paused', paused(time(11, 0)), {}, `Works ${UNTIL} · renewing is paused`, UNTIL],
  ['all paused', paused(null), {}, `Works ${UNTIL} · all renewing is paused`, UNTIL],
  ['paused for too long', paused(time(10, 0)), { expiresAt: PAST }, STOPPED, null],
  ['paused, expiry unknown', paused(null), { expiresAt: null }, 'Renewing is paused · no end known', null],
  [
    'reconnecting',
    { state: 'connecting', signIn: '' as SignInId },
    {},
    'Finish the sign-in in your browser',
    UNTIL,
  ],
  [
    'replacing',
    { state: 'connecting', signIn: '' as SignInId },
    { ...pasted, expiresAt: PAST },
    'Enter the new API token to finish',
    null,
  ],
];

it.each(ROWS)('%s', (_, status, change, line, until, keychain) => {
  const connection = aConnection(1, NOW, {
    expiresAt: END,
    nextRefreshAt: time(11, 50),
    status,
    ...change,
  });
  const { lead, then } = validityWords(connection, NOW, keychain);
  expect(then === null ? lead : `${lead} · ${then}`).toBe(line);
  expect(untilWords(connection, NOW)).toBe(until);
});
