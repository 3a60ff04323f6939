import { describe, expect, it } from 'vitest';
import type { FolderBinding } from '../../../contract/folder.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { aConnection, connectionId } from '../../fakes/window-data.ts';

const session = cliSession();

const binding = (change: Partial<FolderBinding['bound'][number]> = {}): FolderBinding => ({
  file: '/work/.tokentray',
  bound: [
    {
      entry: { connection: 'acme' },
      connection: { id: connectionId(1), name: 'acme' },
      problem: null,
      ...change,
    },
  ],
});
const gone = (): FolderBinding =>
  binding({
    entry: { provider: 'atlassian', site: 'gone' },
    connection: null,
    problem: { code: 'not-found', message: 'No connection fits.', hint: 'Connect it.' },
  });
const HERE = 'Here: acme (from /work/.tokentray)\n';

it('use --here binds the current folder, and changes nothing else', async () => {
  session.core.answers = { 'folders.bind': () => binding() };
  expect(await session.cli.run('use', 'acme', '--here')).toEqual({ code: 0, out: HERE, err: '' });
  const { documents } = await session.cli.json('use', 'acme', '--here', '--shared', '--same-account');
  expect(documents).toEqual([{ binding: binding() }]);
  expect(session.core.calls.map(({ name, input }) => [name, input])).toEqual([
    ['folders.bind', { folder: '/work', connection: 'acme', shared: false, sameAccount: false }],
    ['folders.bind', { folder: '/work', connection: 'acme', shared: true, sameAccount: true }],
  ]);
});

it('use --here alone shows what is bound, and what is wrong with it', async () => {
  session.core.answers = { 'folders.find': () => ({ binding: gone() }) };
  expect(await session.cli.run('use', '--here')).toEqual({
    code: 0,
    out: 'Here: gone atlassian (from /work/.tokentray)\n',
    err: '▲ No connection fits. Connect it.\n',
  });
  session.core.answers = { 'folders.find': () => ({ binding: null }) };
  expect((await session.cli.run('use', '--here')).err).toContain('not bound');
  expect((await session.cli.json('use', '--here')).documents).toEqual([{ binding: null }]);
});

it('use --here says what a shared file stands for', async () => {
  const shared = { entry: { provider: 'atlassian', site: 'acme.atlassian.net' } };
  session.core.answers = { 'folders.find': () => ({ binding: binding(shared) }) };
  expect((await session.cli.run('use', '--here')).out).toBe(
    'Here: acme, shared as acme.atlassian.net atlassian (from /work/.tokentray)\n',
  );
});

it('use --here --remove unbinds, and shows what is in force then', async () => {
  session.core.answers = { 'folders.unbind': () => ({ file: '/work/x/.tokentray', binding: binding() }) };
  expect(await session.cli.run('use', '--here', '--remove')).toEqual({
    ...{ code: 0, out: HERE },
    err: 'No longer bound by /work/x/.tokentray\n',
  });
  await session.cli.run('use', 'beta', '--here', '--remove');
  expect(session.core.inputs('folders.unbind')).toEqual([
    { folder: '/work' },
    { folder: '/work', connection: 'beta' },
  ]);
});

it.each([
  [[], '<connection> is missing'],
  [['acme', '--shared'], '--shared needs --here'],
  [['acme', '--remove'], '--remove needs --here'],
  [['acme', '--here', '--same-account'], '--same-account needs --shared'],
  [['--here', '--shared'], '<connection> is missing'],
  [['--here', '--remove', '--site', 'x'], 'nothing else'],
])('refuses use %j', async (words, message) => {
  const { code, err } = await session.cli.run('use', ...words);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  expect(session.core.calls).toEqual([]);
});

it('cannot bind a folder that was deleted', async () => {
  session.cli.cwd = null;
  for (const words of [['acme'], [], ['--remove']])
    expect(await session.cli.run('use', ...words, '--here')).toMatchObject({ code: 1 });
});

describe('list, below its table', () => {
  const list = async (find: () => { binding: FolderBinding | null } | ReturnType<typeof refuse>) => {
    session.core.answers = {
      'connections.list': () => ({ connections: [aConnection(1, session.cli.now)] }),
      'folders.find': find,
    };
    return (await session.cli.run('list')).err;
  };

  it('shows what is bound here', async () => {
    expect(await list(() => ({ binding: binding() }))).toBe(HERE);
    expect(await list(() => ({ binding: null }))).toBe('');
  });

  it('says when a file is not believed, and nothing about an app that does not know of folders', async () => {
    expect(await list(() => refuse('refused', 'It is a link.', 'Remove it.'))).toBe(
      '▲ Here: It is a link. Remove it.\n',
    );
    expect(await list(() => refuse('not-found', 'There is no such call.'))).toBe('');
  });
});
