import { describe, expect, it } from 'vitest';
import { connectionLines } from '../../../cli/present/connection-list.ts';
import { paint } from '../../../cli/present/paint.ts';
import { graphemes, width } from '../../../cli/present/width.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import { aConnection, aSite } from '../../fakes/window-data.ts';

const NOW = new Date(2026, 10, 22, 11, 5).getTime();
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const ben = { id: 'ben', name: 'בן לוי', email: null, pictureUrl: null };
const atlassian = (n: number, change: Partial<ConnectionView>) => aConnection(n, NOW, change);
const bitbucket = { provider: 'bitbucket' as never, providerName: 'Bitbucket Cloud', site: null };

/** Names that are wide, written from right to left, joined from several characters, or hostile. */
const CONNECTIONS = [
  atlassian(1, { name: 'acme', active: true }),
  atlassian(2, { name: '東京支社の顧客データ', site: aSite('tokyo') }),
  atlassian(3, {
    name: 'שלום עולם',
    site: aSite('shalom'),
    account: ben,
    status: { state: 'offline', since: at(-9), reason: 'No network.', retryAt: at(2), answered: false },
  }),
  atlassian(4, {
    name: 'família 👩‍👩‍👧 e\u0301te\u0301 \u001b[2J\u202e',
    site: aSite('familia'),
    account: ben,
    status: {
      state: 'needs-reconnect',
      since: at(-90),
      reason: 'Atlassian no longer accepts this sign-in.',
      fault: 'grant',
      hint: 'Choose Reconnect, or run `tokentray reconnect família`.',
    },
  }),
  atlassian(5, {
    ...bitbucket,
    name: 'repos',
    method: 'api-token',
    expiresAt: at(3 * 1440 + 30),
    canRefresh: false,
    nextRefreshAt: null,
    status: { state: 'expiring', expiresAt: at(3 * 1440 + 30) },
  }),
];

const PLAIN = { out: paint({ isTTY: false } as never, {}), withCommands: (text: string) => text };
const context = { clock: { now: () => NOW } } as never;
const linesAt = (room: number, connections: readonly ConnectionView[] = CONNECTIONS) =>
  connectionLines({ ...PLAIN, context }, connections, room);

describe.each([40, 80, 120, 200])('in %i cells', (room) => {
  const lines = linesAt(room);

  it('takes no line more, but a command that is to be copied', () => {
    for (const line of lines) if (!line.includes('`')) expect(width(line)).toBeLessThanOrEqual(room);
  });

  it('has states in one column, whatever the names are made of', () => {
    const columns = lines
      .filter((line) => /[●▲○◔] /.test(line))
      .map((line) => width(line.slice(0, line.search(/[●▲○◔] /))));
    expect(columns).toHaveLength(CONNECTIONS.length);
    expect(new Set(columns).size).toBe(1);
  });

  it('cuts no character apart, ends what it isolates on the line, and obeys no name', () => {
    const whole = new Set(CONNECTIONS.flatMap(({ name }) => [...graphemes(name)]));
    for (const line of lines) {
      expect(line.split('\u2068')).toHaveLength(line.split('\u2069').length);
      expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
      for (const part of graphemes(line)) if (/\u200d|\u0301/.test(part)) expect(whole).toContain(part);
    }
    expect(lines.some((line) => line.includes('\u2068'))).toBe(true);
  });
});

it('shows name and state where there is room for no more', () => {
  expect(linesAt(40)).toEqual([
    'Atlassian Cloud',
    '  ana@acme.example',
    '  ★ acme             ● Connected',
    '    東京支社の顧客…  ● Connected',
    '  \u2068בן לוי\u2069',
    '    família 👩‍👩‍👧 e\u0301te\u0301…  ▲ Needs reconnect',
    '      Atlassian no longer accepts this',
    '      sign-in.',
    '      Choose Reconnect, or run',
    '      `tokentray reconnect família`.',
    '    \u2068שלום עולם\u2069        ○ Offline',
    '      No network. Next try in 2 min.',
    '',
    'Bitbucket Cloud',
    '  ana@acme.example',
    '    repos            ◔ Expires in 3 days',
    '★ active',
  ]);
});

it.each([
  [80, '  ★ acme · active         acme     ● Connected          until 11:57'],
  [
    120,
    '  ★ acme · active         acme.atlassian.net     ● Connected          until 11:57             renews 11:52',
  ],
  [
    200,
    '  ★ acme · active         acme.atlassian.net     ● Connected          until 11:57             renews 11:52  OAuth 2.0',
  ],
])('shows more in %i cells', (room, line) => {
  expect(linesAt(room)).toContain(line);
});

it('gives another day with its date', () => {
  expect(linesAt(80).at(-1)).toMatch(/◔ Expires in 3 days {2}until 2026-11-25$/);
  expect(linesAt(120).at(-1)).toMatch(/until 2026-11-25 11:35$/);
});
