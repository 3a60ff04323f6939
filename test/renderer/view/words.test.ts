import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../contract/activity.ts';
import { matchesActivityFilter } from '../../../renderer/view/activity-filter.ts';
import { bannerWords } from '../../../renderer/view/banner-words.ts';
import { copiedWords } from '../../../contract/copied-words.ts';
import { followsWords, isAbsolutePath } from '../../../renderer/view/export-words.ts';
import { safeAddress } from '../../../renderer/view/safe-address.ts';
import { matchingPreset, scopePresets } from '../../../renderer/view/scope-choice.ts';
import { scopeList } from '../../../renderer/view/scope-list.ts';
import { byDay } from '../../../renderer/view/activity-days.ts';
import { ago, duration, fromNow } from '../../../renderer/view/time-words.ts';
import { trayWords } from '../../../renderer/view/tray-words.ts';
import { aConnection, anExport, aProvider, emptySnapshot } from '../../fakes/window-data.ts';
import { plainSpaces } from '../../fakes/plain-spaces.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const MINUTE = 60_000;

describe('duration', () => {
  it.each([
    [0, '1 min'],
    [52 * MINUTE + 59_000, '52 min'],
    [60 * MINUTE, '1 h'],
    [125 * MINUTE, '2 h 5 min'],
    [47 * 60 * MINUTE, '47 h'],
    [3 * 24 * 60 * MINUTE, '3 days'],
  ])('%d ms is %s', (ms, words) => {
    expect(plainSpaces(duration(ms))).toBe(words);
    // No line ends within it.
    expect(duration(ms)).not.toContain(' ');
  });
});

it.each([
  [52 * MINUTE, 'in 52 min', '52 min ago'],
  [125 * MINUTE, 'in 2 h 5 min', '2 h 5 min ago'],
  [30_000, 'in 1 min', 'just now'],
  [0, 'now', 'just now'],
])('says the same time before and after in the same units: %i ms', (ms, before, after) => {
  expect(plainSpaces(fromNow(new Date(NOW + ms).toISOString(), NOW))).toBe(before);
  expect(plainSpaces(ago(new Date(NOW - ms).toISOString(), NOW))).toBe(after);
});

describe('byDay', () => {
  const day = 24 * 60 * MINUTE;
  const entry = (id: number, ago: number): ActivityEntry => ({
    id,
    at: new Date(NOW - ago).toISOString(),
    level: 'info',
    event: 'refresh.refreshed',
    message: '',
    connection: null,
    export: null,
  });
  it('names each day once, the last two as people do', () => {
    const ages = [0, MINUTE, day, 2 * day, 2 * day + MINUTE, 400 * day];
    const days = byDay(
      ages.map((ago, index) => entry(index, ago)),
      NOW,
    ).map((item) => item.day);
    expect(days.slice(0, 3)).toEqual(['Today', null, 'Yesterday']);
    expect(days[3]).toMatch(/20/);
    expect(days[3]).not.toMatch(/2026/);
    expect(days[4]).toBeNull();
    expect(days[5]).toMatch(/2025/);
  });
});

describe('copiedWords', () => {
  it.each([
    ['access_token', 30, true, 'Copied the token of acme – clears in 30 s'],
    ['access_token', 120, true, 'Copied the token of acme – clears in 2 min'],
    [
      'authorization',
      0,
      true,
      'Copied the authorization header of acme. It stays on the clipboard until you copy something else.',
    ],
    ['cloud_id', 0, false, 'Copied the cloud ID of acme'],
  ] as const)('%s, %d', (field, seconds, secret, words) => {
    expect(copiedWords(field, 'acme', seconds, secret)).toBe(words);
  });
});

describe('safeAddress', () => {
  it.each([
    ['https://auth.atlassian.com/authorize', true],
    ['http://127.0.0.1:4000/authorize', true],
    ['http://localhost/authorize', true],
    ['http://example.org/', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['no address', false],
    [null, false],
  ])('%s', (address, safe) => {
    expect(safeAddress(address)).toBe(safe ? address : undefined);
  });
});

describe('isAbsolutePath', () => {
  it.each([
    ['/home/ana/.env', true],
    ['C:\\code\\.env', true],
    ['\\\\server\\share\\.env', true],
    ['~/code/.env', true],
    ['~ana/.env', false],
    ['.env', false],
    ['', false],
  ])('%s', (path, absolute) => {
    expect(isAbsolutePath(path)).toBe(absolute);
  });
});

describe('followsWords', () => {
  const item = anExport(1, NOW);
  const FOLDER = { follows: 'folder', folder: '/home/ana/x' } as const;
  it.each([
    [item, 'follows the active one, now acme'],
    [{ ...item, connection: null }, 'follows the active connection (none at the moment)'],
    [
      { ...item, target: { follows: 'connection', connection: aConnection(1, NOW).id } as const },
      'follows acme',
    ],
    [{ ...item, target: FOLDER }, 'follows its folder, now acme'],
    [{ ...item, target: FOLDER, connection: null }, 'follows its folder (not bound)'],
  ])('%#', (view, words) => {
    expect(followsWords(view)).toBe(words);
  });
});

describe('bannerWords', () => {
  const { status } = emptySnapshot();
  const well = { link: 'live', loadError: null, status } as const;
  it('is null when there is nothing to report', () => {
    expect(bannerWords(well)).toBeNull();
  });
  it.each([
    [{ ...well, link: 'down' } as const, 'Tokentray isn’t running.'],
    [{ ...well, link: 'refused' } as const, 'This page’s link has expired.'],
    [{ ...well, loadError: { code: 'io', message: 'Disk full.' } } as const, 'Disk full.'],
    [
      {
        ...well,
        status: {
          ...status,
          keychain: {
            state: 'unavailable',
            error: { code: 'keychain-locked', message: 'The keychain is locked.' },
          },
        },
      } as const,
      'The keychain is locked.',
    ],
    [
      { ...well, status: { ...status, desktop: { tray: false, startsAtLogin: null } } },
      'Your desktop shows no tray icons; the window stays open.',
    ],
    [{ ...well, status: { ...status, sandbox: { url: 'http://127.0.0.1:1/' } } }, 'Sandbox'],
  ])('%#', (input, text) => {
    expect(bannerWords(input)?.text).toBe(text);
  });

  it.each([{ sandbox: { url: 'http://127.0.0.1:1/' } }, { keychain: { state: 'session-only' } }] as const)(
    'says that there is no tray beside what is said of secrets: %j',
    (change) => {
      const desktop = { tray: false, startsAtLogin: null };
      expect(bannerWords({ ...well, status: { ...status, ...change, desktop } })?.hint).toContain(
        'Your desktop shows no tray icons; the window stays open.',
      );
    },
  );

  it.each([
    [null, '“tokentray”'],
    [{ url: 'http://127.0.0.1:1/' }, '“tokentray serve --sandbox”'],
  ])('names what starts it again: %j', (sandbox, command) => {
    expect(bannerWords({ ...well, link: 'down', status: { ...status, sandbox } })?.hint).toContain(command);
  });
});

describe('scope presets', () => {
  const presets = scopePresets(aProvider());
  it('begin with what the definition recommends', () => {
    expect(presets.map(({ name }) => name)).toEqual(['What is usually needed', 'Read only']);
  });
  it.each([
    [['read:jira-work', 'offline_access', 'read:me'], 'Read only'],
    [['read:me'], null],
    [[], null],
  ])('%j is %s', (scopes, name) => {
    expect(matchingPreset(presets, scopes)).toBe(name);
  });
});

describe('scopeList', () => {
  it('puts missing scopes first, and lists those granted in addition', () => {
    const lines = scopeList({
      requestedScopes: ['a', 'openid', 'b'],
      scopes: ['a', 'c'],
      missingScopes: ['b'],
    });
    expect(lines).toEqual([
      { scope: 'b', standing: 'missing' },
      { scope: 'a', standing: 'granted' },
      { scope: 'openid', standing: 'silent' },
      { scope: 'c', standing: 'extra' },
    ]);
  });
});

describe('trayWords', () => {
  it.each([
    [true, 'Macintosh; Intel Mac OS X', 'menu bar'],
    [true, 'Windows NT 10.0', 'taskbar'],
    [true, 'X11; Linux', 'system tray'],
    [false, 'X11; Linux', 'Your desktop shows no tray icons; the window stays open.'],
  ])('%s, %s', (tray, agent, words) => {
    expect(trayWords(tray, agent)).toContain(words);
  });
});

describe('matchesActivityFilter', () => {
  const entry = {
    id: 1,
    at: '',
    level: 'warning',
    event: '',
    message: 'Acme: Offline',
    connection: null,
    export: null,
  } as const;
  it.each([
    [{ level: 'info', text: '' } as const, true],
    [{ level: 'warning', text: 'offline' } as const, true],
    [{ level: 'error', text: '' } as const, false],
    [{ level: 'info', text: 'beta' } as const, false],
  ])('%j', (filter, shown) => {
    expect(matchesActivityFilter({ connection: null, ...filter }, entry)).toBe(shown);
  });
});
