import { expect, it } from 'vitest';
import type { ErrorCode } from '../../../contract/vocabulary.ts';
import type { ProviderId } from '../../../contract/ids.ts';
import type { ExportView } from '../../../contract/export.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { connectionId, exportId } from '../../fakes/window-data.ts';

const session = cliSession();

const written = (change: Partial<ExportView> = {}): ExportView => ({
  id: exportId(1),
  file: '/work/.env',
  preset: 'atlassian',
  format: 'dotenv',
  mode: 'block',
  inPlace: false,
  target: { follows: 'connection', connection: connectionId(1) },
  connection: { id: connectionId(1), name: 'acme' },
  status: { state: 'written', at: new Date(session.cli.now - 60_000).toISOString() },
  tokenEndsAt: null,
  warnings: [],
  ...change,
});
const broken = (code: ErrorCode = 'io') =>
  written({
    id: exportId(2),
    status: { state: 'failed', since: '', error: { code, message: 'Disk full.', hint: 'Make room.' } },
  });
const duplicate = () =>
  refuse('duplicate-key', 'A is already set on line 3.', 'Delete that line, or allow duplicate keys.');

it('add resolves the file against our folder and shows what was written', async () => {
  session.core.answers = { 'exports.add': () => written({ warnings: ['git tracks this file'] }) };
  expect(
    await session.cli.run('export', 'add', '.env', '--connection', 'acme', '--preset', 'atlassian'),
  ).toEqual({
    code: 0,
    out:
      'FILE        PRESET     FORMAT  CONNECTION  STATE                ID\n' +
      '/work/.env  atlassian  dotenv  acme        ● Written 1 min ago  export1\n',
    err:
      '▲ /work/.env: git tracks this file\n' +
      'Details, and what can be fixed for you: tokentray export check\n',
  });
  expect(session.core.inputs('exports.add')).toEqual([
    {
      file: '/work/.env',
      connection: 'acme',
      preset: 'atlassian',
      allowDuplicateKeys: false,
      allowSharedFolder: false,
    },
  ]);
});

it('add asks at a terminal whether a key may stand twice', async () => {
  session.core.answers = {
    'exports.add': ({ allowDuplicateKeys }) => (allowDuplicateKeys ? written() : duplicate()),
  };
  session.cli.atTerminal().stdin.type('n', 'y');
  expect(await session.cli.run('export', 'add', '.env')).toMatchObject({ code: 1 });
  const { code, err } = await session.cli.run('export', 'add', '.env');
  expect(code).toBe(0);
  expect(err).toBe('A is already set on line 3.\nAdd Tokentray’s block anyway? [y/N] ');
});

it('add writes in a shared folder only for who says so: at a terminal, or by its option', async () => {
  session.core.answers = {
    'exports.add': ({ allowSharedFolder, allowDuplicateKeys }) => {
      if (!allowSharedFolder) return refuse('shared-folder', '/mnt/c knows no owners (drvfs).', 'Allow it.');
      return allowDuplicateKeys ? written() : duplicate();
    },
  };
  expect(await session.cli.run('export', 'add', '.env')).toEqual({
    code: 2,
    out: '',
    err: 'tokentray: /mnt/c knows no owners (drvfs).\n  Choose another folder, or add --allow-shared-folder.\n',
  });
  expect(
    await session.cli.run('export', 'add', '.env', '--allow-shared-folder', '--allow-duplicate-keys'),
  ).toMatchObject({ code: 0 });
  session.cli.atTerminal().stdin.type('n', 'y', 'y');
  expect(await session.cli.run('export', 'add', '.env')).toMatchObject({ code: 1 });
  const { code, err } = await session.cli.run('export', 'add', '.env');
  expect(code).toBe(0);
  expect(err).toBe(
    '/mnt/c knows no owners (drvfs).\nWrite the file there anyway? [y/N] ' +
      'A is already set on line 3.\nAdd Tokentray’s block anyway? [y/N] ',
  );
});

it('add asks nothing without a terminal, with --json, or for another conflict', async () => {
  session.core.answers = { 'exports.add': duplicate };
  expect(await session.cli.run('export', 'add', '.env')).toEqual({
    code: 2,
    out: '',
    err: 'tokentray: A is already set on line 3.\n  Delete that line, or add --allow-duplicate-keys.\n',
  });
  session.cli.atTerminal();
  expect(await session.cli.json('export', 'add', '.env')).toMatchObject({ code: 2 });
  session.core.answers = { 'exports.add': () => refuse('conflict', 'Written already.', 'Choose another.') };
  expect(await session.cli.run('export', 'add', '.env')).toMatchObject({ code: 1 });
  session.core.answers = { 'exports.add': () => written() };
  await session.cli.run('export', 'add', '.env', '--allow-duplicate-keys');
  expect(session.core.inputs('exports.add').map(({ allowDuplicateKeys }) => allowDuplicateKeys)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

it('add makes a named pipe, and says what readers can do with it', async () => {
  session.core.answers = {
    'exports.add': () => written({ mode: 'pipe', status: { state: 'waiting', readAt: null } }),
  };
  const { code, out, err } = await session.cli.run('export', 'add', '.env', '--pipe');
  expect(code).toBe(0);
  expect(out).toContain('● Pipe, not read yet');
  expect(err).toContain('programs that first test for an ordinary file or its size find nothing');
  await session.cli.run('export', 'add', '.env', '--mode', 'whole', '--in-place');
  expect(session.core.inputs('exports.add')).toMatchObject([
    { mode: 'pipe' },
    { mode: 'whole', inPlace: true },
  ]);
  for (const contradiction of [['--mode', 'block'], ['--in-place']])
    expect(await session.cli.run('export', 'add', '.env', '--pipe', ...contradiction)).toMatchObject({
      code: 2,
    });
});

it('add says how to name a connection where several could be meant', async () => {
  session.core.answers = {
    'exports.add': () =>
      refuse('ambiguous', 'Several providers have an active connection.', 'Name one: “a”, “b”.'),
  };
  expect(await session.cli.run('export', 'add', '.env')).toEqual({
    code: 2,
    out: '',
    err:
      'tokentray: Several providers have an active connection.\n' +
      '  Name one: “a”, “b”. Use --connection NAME.\n',
  });
});

it('list gives the views, and what to do about a failed one', async () => {
  const ended = written({ tokenEndsAt: '2020-01-01T00:00:00.000Z' });
  session.core.answers = { 'exports.list': () => ({ exports: [written(), broken(), ended] }) };
  expect((await session.cli.json('export', 'list')).documents).toEqual([[written(), broken(), ended]]);
  const { out, err } = await session.cli.run('export', 'list');
  expect(out).toContain('▲ Not written');
  expect(out).toContain('△ Out of date since');
  expect(err).toBe('▲ /work/.env: Disk full.\n    Make room.\n');
});

it('list tells of a damaged one, and remove takes its id', async () => {
  session.core.answers = {
    'exports.list': () => ({ exports: [], damaged: [{ kind: 'export', id: 'e-1', name: '/x/.env' }] }),
    'exports.remove': () => ({ id: 'e-1', file: '/x/.env' }),
  };
  const { err } = await session.cli.run('export', 'list');
  expect(err).toContain('▲ The env file “/x/.env” cannot be read');
  expect(await session.cli.run('export', 'remove', 'e-1')).toMatchObject({ code: 0 });
  expect(session.core.inputs('exports.remove')).toEqual([{ export: 'e-1', keepFile: false }]);
});

it('write knows an export by its file or its id, and fails when one did', async () => {
  session.core.answers = {
    'exports.list': () => ({ exports: [written()] }),
    'exports.write': () => ({ exports: [written()] }),
  };
  for (const argv of [[], ['.env'], ['../x/.env'], [exportId(1)]]) {
    expect(await session.cli.run('export', 'write', ...argv)).toMatchObject({ code: 0 });
  }
  expect(session.core.inputs('exports.write').map((input) => input.export)).toEqual([
    undefined,
    '/work/.env',
    '/x/.env',
    'export1',
  ]);
  session.core.answers = { 'exports.write': () => ({ exports: [written(), broken()] }) };
  expect(await session.cli.run('export', 'write')).toMatchObject({
    code: 1,
    err: expect.stringContaining('1 of 2 files could not be written.') as string,
  });
  expect(await session.cli.json('export', 'write')).toEqual({
    code: 1,
    documents: [[written(), broken()]],
    err: '',
  });
});

it.each<[ErrorCode[], number]>([
  [['needs-reconnect'], 4],
  [['offline', 'offline'], 6],
  [['offline', 'needs-reconnect'], 1],
])('write that failed by %j ends with %i', async (codes, code) => {
  session.core.answers = { 'exports.write': () => ({ exports: codes.map((one) => broken(one)) }) };
  expect(await session.cli.run('export', 'write')).toMatchObject({ code });
  expect(await session.cli.json('export', 'write')).toMatchObject({ code });
});

it('remove takes our lines out, or leaves the file when told to', async () => {
  session.core.answers = {
    'exports.list': () => ({ exports: [] }),
    'exports.remove': () => ({ id: exportId(1), file: '/work/.env' }),
  };
  expect(await session.cli.run('export', 'remove', '.env')).toEqual({
    code: 0,
    out: '',
    err: 'No longer kept up to date: /work/.env\n',
  });
  await session.cli.run('export', 'remove', '.env', '--keep-file');
  expect(session.core.inputs('exports.remove')).toEqual([
    { export: '/work/.env', keepFile: false },
    { export: '/work/.env', keepFile: true },
  ]);
});

it('list says which files follow their folder, and which the active connection', async () => {
  session.core.answers = {
    'exports.list': () => ({
      exports: [
        written({ target: { follows: 'folder', folder: '/work' } }),
        written({ target: { follows: 'active', provider: 'atlassian' as ProviderId } }),
      ],
    }),
  };
  const { out } = await session.cli.run('export', 'list');
  expect(out).toContain('folder: acme');
  expect(out).toContain('active: acme');
});
