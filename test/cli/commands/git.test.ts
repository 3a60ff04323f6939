import { expect, it } from 'vitest';
import type { GitInstallView } from '../../../contract/git.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { connectionId } from '../../fakes/window-data.ts';

const session = cliSession();
const FILE = '/home/ana/.gitconfig';

const install = (change: Partial<GitInstallView> = {}): GitInstallView => ({
  ...{ scope: 'global', file: FILE, url: 'https://bitbucket.org', connection: null },
  ...{ helper: '!tokentray git-credential', intact: true },
  ...change,
});

it('git-credential passes on what git says, and what the app answers, as they are', async () => {
  session.core.answers = {
    'git.credential': () => ({ attributes: 'username=a\npassword=b\n', failure: null }),
  };
  session.cli.stdin.type('protocol=https', 'host=x');
  session.cli.stdin.end();
  const answer = await session.cli.run('git-credential', '--connection', 'acme', 'get');
  expect(answer).toEqual({ code: 0, out: 'username=a\npassword=b\n', err: '' });
  expect(session.core.inputs('git.credential')).toEqual([
    { operation: 'get', attributes: 'protocol=https\nhost=x\n', connection: 'acme', folder: '/work' },
  ]);
});

it('git-credential tells git to stop and the person why', async () => {
  const failure = { code: 'needs-reconnect' as const, message: 'It is over.', hint: 'Run `tokentray list`.' };
  session.core.answers = { 'git.credential': () => ({ attributes: 'quit=1\n', failure }) };
  session.cli.stdin.end();
  expect(await session.cli.run('git-credential', 'get')).toEqual({
    ...{ code: 4, out: 'quit=1\n', err: 'tokentray: It is over.\n  Run `tokentray list`.\n' },
  });
});

it.each(['store', 'something-new'])(
  'git-credential keeps nothing, and leaves alone what it does not know: %s',
  async (word) => {
    expect(await session.cli.run('git-credential', word)).toEqual({ code: 0, out: '', err: '' });
    expect(session.core.inputs('git.credential')).toEqual([]);
  },
);

it('git install and uninstall name the settings that are meant', async () => {
  session.core.answers = {
    'git.install': () => ({
      install: install({ connection: { id: connectionId(1), name: 'acme' } }),
      changed: true,
    }),
    'git.uninstall': () => ({ file: FILE, url: 'https://bitbucket.org' }),
  };
  expect(await session.cli.run('git', 'install', 'acme')).toEqual({
    code: 0,
    out: '',
    err: `Git now asks Tokentray for https://bitbucket.org, and gets “acme”.\nIn ${FILE}: helper = !tokentray git-credential\n`,
  });
  await session.cli.run('git', 'install', 'acme', '--local');
  session.cli.env['GIT_CONFIG_GLOBAL'] = '/elsewhere';
  const removed = await session.cli.run('git', 'uninstall', 'acme');
  expect(removed.err).toBe(`Git no longer asks Tokentray for https://bitbucket.org. Changed: ${FILE}\n`);
  expect(session.core.inputs('git.install')).toEqual([
    { target: 'acme', scope: 'global' },
    { target: 'acme', scope: 'local', folder: '/work' },
  ]);
  expect(session.core.inputs('git.uninstall')).toEqual([
    { target: 'acme', scope: 'global', file: '/elsewhere' },
  ]);
  expect(await session.cli.run('git', 'install', 'acme', '--local', '--global')).toMatchObject({ code: 2 });
});

it('git list shows where, for whom, and what has changed', async () => {
  const gone = { id: connectionId(1), name: null };
  session.core.answers = {
    'git.installs': () => ({
      installs: [install(), install({ file: '/r/.git/config', connection: gone, intact: false })],
    }),
  };
  const { out } = await session.cli.run('git');
  expect(out.split('\n')).toEqual([
    `https://bitbucket.org  the connection that fits   ${FILE}`,
    'https://bitbucket.org  a connection that is gone  /r/.git/config        changed or removed since',
    '',
  ]);
  session.core.answers = { 'git.installs': () => ({ installs: [] }) };
  expect((await session.cli.run('git', 'list')).err).toContain('tokentray git install <host>');
});
