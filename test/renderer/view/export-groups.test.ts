import { describe, expect, it } from 'vitest';
import type { ExportView } from '../../../contract/export.ts';
import { exportGroups, firstOf, matchesSearch } from '../../../renderer/view/export-groups.ts';
import { fixOf, holdsWords, staleWords } from '../../../renderer/view/export-trouble.ts';
import { stateSentence } from '../../../renderer/view/state-reasons.ts';
import { clock } from '../../../renderer/view/time-words.ts';
import { STATES } from '../../main/hosts/electron/a-model.ts';
import { plainSpaces } from '../../fakes/plain-spaces.ts';
import { aConnection, anExport } from '../../fakes/window-data.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const minutes = (count: number): string => new Date(NOW + count * 60_000).toISOString();
const time = (count: number): string => plainSpaces(clock(minutes(count)));
const at = (count: number): string => `at ${time(count)}`;
const failed = (): ExportView['status'] => ({
  state: 'failed',
  since: minutes(-5),
  error: { code: 'io', message: 'Permission denied.' },
});
const titles = (items: ExportView[]): unknown =>
  exportGroups(items, NOW).map((group) => [group.title, ...group.items.map(({ file }) => file)]);

describe('env files', () => {
  it('stand in groups, those that wait for their person first, each by path', () => {
    expect(
      titles([
        anExport(1, NOW, { file: '/b/10' }),
        anExport(2, NOW, { file: '/b/9' }),
        anExport(3, NOW, { file: '/z', status: failed() }),
        anExport(4, NOW, { file: '/old', tokenEndsAt: minutes(-1) }),
        anExport(5, NOW, { file: '/soon', status: { state: 'pending' } }),
        anExport(6, NOW, { file: '/a', status: failed(), tokenEndsAt: minutes(-1) }),
      ]),
    ).toEqual([
      ['Needs you', '/a', '/z'],
      ['Out of date', '/old'],
      ['Up to date', '/b/9', '/b/10', '/soon'],
    ]);
  });

  it('that are all well stand in one', () => {
    expect(titles([anExport(1, NOW, { file: '/a' })])).toEqual([['Up to date', '/a']]);
    expect(titles([anExport(1, NOW, { file: '/a', tokenEndsAt: null })])).toEqual([['Up to date', '/a']]);
  });

  it.each([
    [0, []],
    [1, [['Needs you', '/a']]],
    [
      3,
      [
        ['Needs you', '/a', '/b'],
        ['Up to date', '/c'],
      ],
    ],
    [
      Infinity,
      [
        ['Needs you', '/a', '/b'],
        ['Up to date', '/c', '/d'],
      ],
    ],
  ])('are shown as the first %d of them', (most, shown) => {
    const groups = exportGroups(
      ['/a', '/b', '/c', '/d'].map((file, n) =>
        anExport(n, NOW, n < 2 ? { file, status: failed() } : { file }),
      ),
      NOW,
    );
    const found = firstOf(groups, most);
    expect(found.map(({ title, items }) => [title, ...items.map(({ file }) => file)])).toEqual(shown);
  });

  it.each([
    ['TRIAGE', true],
    [' mcp ', true],
    ['acme', true],
    ['board', false],
    ['', true],
  ])('are found by path, preset and connection: %j', (text, found) => {
    const item = anExport(1, NOW, { file: '/code/triage/.env', preset: 'mcp-atlassian' });
    expect(matchesSearch(item, text)).toBe(found);
  });
});

describe('what a file still holds', () => {
  it.each([
    ['a token that has ended', minutes(-63), failed(), `the token that ended ${at(-63)}.`],
    ['one that still works', minutes(40), failed(), `the token that works until ${time(40)}.`],
    ['not known', null, failed(), null],
    ['nothing, in a pipe', minutes(-1), { state: 'waiting', readAt: null } as const, null],
  ])('%s', (_, tokenEndsAt, status, words) => {
    const item = anExport(1, NOW, { tokenEndsAt, status });
    const held = holdsWords(item, NOW);
    expect(held && plainSpaces(held)).toBe(words === null ? null : `The file still holds ${words}`);
  });

  it('says why nothing newer is in it, where there is something to say', () => {
    const item = anExport(1, NOW, { tokenEndsAt: minutes(-63) });
    const offline = aConnection(1, NOW, { status: { ...STATES.offline, retryAt: minutes(2) } });
    expect(plainSpaces(staleWords(item, offline, NOW) ?? '')).toBe(
      plainSpaces(
        `The file still holds the token that ended ${at(-63)}. ${stateSentence(offline, NOW) ?? ''}`,
      ),
    );
    expect(plainSpaces(staleWords(item, aConnection(1, NOW), NOW) ?? '')).toBe(
      plainSpaces(`The file still holds the token that ended ${at(-63)}.`),
    );
    expect(staleWords(anExport(1, NOW, { tokenEndsAt: minutes(1) }), offline, NOW)).toBeNull();
  });
});

describe('what can be done about a file that was not written', () => {
  it.each([
    ['io', 'connected', { label: 'Try again', does: 'write' }],
    ['refused', 'connected', { label: 'Fix…', does: 'edit' }],
    ['not-found', 'connected', { label: 'Fix…', does: 'edit' }],
    ['needs-reconnect', 'gone', { label: 'Reconnect…', does: 'reconnect' }],
    ['needs-reconnect', 'misconfigured', { label: 'Fix…', does: 'show-connection' }],
    ['keychain-locked', 'connected', null],
  ] as const)('%s of one that is %s', (code, state, fix) => {
    const item = anExport(1, NOW, {
      status: { state: 'failed', since: minutes(-5), error: { code, message: 'No.' } },
    });
    expect(fixOf(item, aConnection(1, NOW, { status: STATES[state] }))).toEqual(fix);
  });

  it('is nothing where it was written', () => {
    expect(fixOf(anExport(1, NOW), aConnection(1, NOW))).toBeNull();
  });
});
