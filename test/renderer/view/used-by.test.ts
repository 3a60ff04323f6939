import { describe, expect, it } from 'vitest';
import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import type { ExportView } from '../../../contract/export.ts';
import type { ConsumerView } from '../../../contract/gateway.ts';
import type { UseView } from '../../../contract/uses.ts';
import { clock } from '../../../renderer/view/time-words.ts';
import { usedBy } from '../../../renderer/view/used-by.ts';
import { aConsumer, consumerId } from '../../fakes/gateway-data.ts';
import { plainSpaces } from '../../fakes/plain-spaces.ts';
import { aUse } from '../../fakes/uses-data.ts';
import { aConnection, anExport, connectionId, exportId } from '../../fakes/window-data.ts';

const MINUTE = 60_000;
/** Noon here, so that a few hours before are the same day. */
const NOW = new Date(2026, 10, 22, 12).getTime();
const iso = (minutesAgo: number): string => new Date(NOW - minutesAgo * MINUTE).toISOString();
const at = (minutesAgo: number): string => plainSpaces(clock(iso(minutesAgo)));

const offline: ConnectionStatus = {
  state: 'offline',
  since: iso(9),
  reason: '',
  retryAt: iso(-1),
  answered: false,
};
const gone: ConnectionStatus = {
  state: 'needs-reconnect',
  since: iso(70),
  reason: '',
  fault: 'grant',
  hint: '',
};
const failed = (minutesAgo: number): ExportView['status'] => ({
  state: 'failed',
  since: iso(minutesAgo),
  error: { code: 'io', message: 'Permission denied.' },
});

interface Given {
  connection?: Partial<ConnectionView>;
  exports?: ExportView[];
  uses?: UseView[] | null;
  consumers?: ConsumerView[];
}

const given = ({ connection = {}, exports = [], uses = [], consumers = [] }: Given) =>
  usedBy({ connection: aConnection(1, NOW, connection), exports, uses, consumers }, NOW);
const lines = (input: Given): string[] =>
  given(input).users.map(
    ({ folder, name, state }) =>
      `${folder}${name}: ${'shape' in state ? `${state.shape} ` : ''}${plainSpaces(state.word)}`,
  );

describe('files', () => {
  const written = anExport(1, NOW, { file: '/home/ana/a/.env' });
  const ended = anExport(4, NOW, { tokenEndsAt: iso(60) });
  const older = anExport(2, NOW, { file: 'C:\\code\\b.env', status: { state: 'written', at: iso(20) } });

  it.each<[string, ExportView['status'], Partial<ConnectionView>, string]>([
    ['written', { state: 'written', at: iso(8) }, {}, `● Written ${at(8)}`],
    ['about to be written', { state: 'pending' }, {}, '◌ Not written yet'],
    ['failed', failed(30), {}, `▲ Not written since ${at(30)}`],
    ['a pipe', { state: 'waiting', readAt: iso(5) }, {}, `● Read ${at(5)}`],
    ['a pipe nobody read', { state: 'waiting', readAt: null }, {}, '● Not read yet'],
    [
      'offline, with a token that works',
      { state: 'written', at: iso(8) },
      { status: offline },
      `● Written ${at(8)}`,
    ],
    [
      'offline for too long',
      { state: 'written', at: iso(80) },
      { status: offline, expiresAt: iso(20) },
      `△ Out of date since ${at(20)}`,
    ],
    [
      'with an ended sign-in whose token may still work',
      { state: 'written', at: iso(80) },
      { status: gone },
      `● Written ${at(80)}`,
    ],
    [
      'with an ended sign-in',
      { state: 'written', at: iso(80) },
      { status: gone, expiresAt: iso(60) },
      `△ Out of date since ${at(60)}`,
    ],
    [
      'with an ended sign-in and an unknown expiry',
      { state: 'written', at: iso(80) },
      { status: gone, expiresAt: null },
      `△ Out of date since ${at(70)}`,
    ],
    [
      'a pipe with an ended sign-in',
      { state: 'waiting', readAt: iso(5) },
      { status: gone, expiresAt: iso(60) },
      '▲ Gives no token',
    ],
  ])('%s', (_, status, connection, word) => {
    const mode = status.state === 'waiting' ? 'pipe' : 'block';
    const tokenEndsAt = connection.expiresAt === undefined ? written.tokenEndsAt : connection.expiresAt;
    expect(lines({ connection, exports: [{ ...written, status, mode, tokenEndsAt }] })).toEqual([
      `/home/ana/a/.env: ${word}`,
    ]);
  });

  it('come first: what failed, then the latest', () => {
    const bad = anExport(3, NOW, { file: '/z', status: failed(300) });
    const input = { exports: [older, written, bad], uses: [aUse('get', '', 1, NOW)] };
    expect(given(input).users.map(({ name }) => name)).toEqual(['z', '.env', 'b.env', 'tokentray get']);
    expect(given(input).users[0]?.place).toEqual({ kind: 'file', id: exportId(3) });
    expect(given(input).users[2]?.folder).toBe('C:\\code\\');
  });

  it.each<[string, Given, string | null]>([
    ['none', {}, null],
    ['fine', { exports: [written, older] }, 'up to date'],
    ['one out of date', { exports: [written, ended] }, '1 file out of date'],
    ['several out of date', { exports: [ended, ended] }, '2 files out of date'],
    [
      'out of date and failed',
      { exports: [ended, { ...older, status: failed(1) }] },
      '1 file not written, 1 out of date',
    ],
    ['without a token in it', { exports: [{ ...written, tokenEndsAt: null }] }, 'up to date'],
    ['one failed', { exports: [written, { ...older, status: failed(1) }] }, '1 file not written'],
    [
      'offline',
      { connection: { status: offline }, exports: [written, { ...older, tokenEndsAt: iso(-30) }] },
      `files stay good until ${at(-30)}`,
    ],
    [
      'paused',
      {
        connection: { status: { state: 'paused', since: null } },
        exports: [{ ...written, tokenEndsAt: iso(-52) }],
      },
      `the file stays good until ${at(-52)}`,
    ],
  ])('are summed up: %s', (_, input, note) => {
    expect(plainSpaces(given(input).note?.text ?? '')).toBe(note ?? '');
  });
});

describe('commands, programs and keys', () => {
  it('are named as a person would call them, the latest first, each with its place', () => {
    const consumers = [
      aConsumer(1, NOW, { name: 'editor' }),
      aConsumer(2, NOW, { name: 'Claude Code', kind: 'mcp-client' }),
      aConsumer(3, NOW, { name: 'laptop', kind: 'remote' }),
    ];
    const key = (n: number, name: string, failures = 0) =>
      aUse('key', name, n, NOW, { consumer: consumerId(n), failures });
    const uses = [
      key(1, 'editor', 3),
      key(2, 'Claude Code', 1),
      key(3, 'laptop'),
      aUse('run', 'npm', 4, NOW),
      aUse('get', '', 5, NOW),
      aUse('env', '', 6, NOW),
      aUse('git', '', 7, NOW),
      aUse('program', 'deploy.sh', 8, NOW),
    ];
    expect(lines({ uses, consumers })).toEqual([
      'Gateway key “editor”: ▲ 3 calls failed',
      'MCP client “Claude Code”: ▲ 1 call failed',
      `Remote key “laptop”: used ${at(3)}`,
      `tokentray run -- npm: ran ${at(4)}`,
      `tokentray get: used ${at(5)}`,
      `tokentray env: used ${at(6)}`,
      `git: used ${at(7)}`,
      `deploy.sh: used ${at(8)}`,
    ]);
    expect(given({ uses, consumers }).users.map(({ place }) => place?.kind ?? null)).toEqual([
      ...['key', 'key', 'key', null, null, null, 'access', 'access'],
    ]);
    expect(lines({ uses: [aUse('run', 'make', 24 * 60, NOW)] })).toEqual([
      `tokentray run -- make: ran yesterday ${at(24 * 60)}`,
    ]);
  });

  it('include keys made for this connection that were never used, but not those for every one', () => {
    const consumers = [
      aConsumer(1, NOW, { name: 'mine', connections: [connectionId(1)] }),
      aConsumer(2, NOW, { name: 'other', connections: [connectionId(2)] }),
      aConsumer(3, NOW, { name: 'all', connections: null }),
      aConsumer(4, NOW, { name: 'run', kind: 'run', connections: [connectionId(1)] }),
    ];
    expect(lines({ consumers })).toEqual(['Gateway key “mine”: not used yet']);
    expect(lines({ consumers, uses: [aUse('key', 'mine', 1, NOW)] })).toHaveLength(1);
    // Not before it is known who did.
    expect(lines({ consumers, uses: null })).toEqual([]);
  });
});
