import { expect, it } from 'vitest';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { presetViews } from '../../fakes/preset-views.ts';
import { aConnection } from '../../fakes/window-data.ts';

const session = cliSession();

/** What is offered for the last word; values only. */
const offered = async (...words: string[]) => {
  const { code, out, err } = await session.cli.run('__complete', '--', ...words);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t')[0]);
};

it.each([
  [['re'], ['refresh', 'resume', 'rename', 'reconnect', 'remove', 'remote', 'restore']],
  [['--j'], ['--json']],
  [
    ['export', ''],
    ['add', 'list', 'check', 'write', 'remove'],
  ],
  [['export', 'a'], ['add']],
  [['clients', 'add', 'x', '--p'], ['--public']],
  [['clients', '--pro'], ['--provider']],
  [['get', '--f'], ['--field']],
  [
    ['get', '--json', '--'],
    ['--field', '--api', '--scopes', '--ask', '--min-ttl', '--sandbox', '--help'],
  ],
  [['get', '--field', 'ex'], ['expires_at']],
  [['get', '--min-ttl', ''], []],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['completion', '--json', 'z'], ['zsh']],
  [['export', 'add', './'], [':files']],
  [['run', '--', 'l'], [':commands']],
  [['run', '--env-file', 'a.env', '--env-file', './'], [':files']],
  [['run', '--env-file', 'a.env', '--env-file-wins', '--env'], ['--env-file']],
  [['run', '--preset', 'atlassian', '--preset', 'm'], ['mcp-atlassian']],
  [
    ['use', '--here', '--s'],
    ['--site', '--shared', '--same-account', '--sandbox'],
  ],
  [['run', 'acme', '--', 'ls', '-'], [':files']],
  [['list', ''], []],
  [['nonsense', ''], []],
  [['constructor', ''], []],
  [['clients', 'add', '--client-s'], []],
])('offers for %j', async (words, expected) => {
  expect(await offered(...words)).toEqual(expected);
});

it('describes what it offers', async () => {
  expect((await session.cli.run('__complete', '--', 'lis')).out).toBe('list\tLists the connections\n');
});

it('offers connections by name, with their quoting taken off', async () => {
  const names = ['acme – ana', 'beta\u001b[2J'];
  session.core.answers = {
    'connections.list': () => ({
      connections: names.map((name, n) => aConnection(n, session.cli.now, { name })),
    }),
  };
  expect(await offered('use', '')).toEqual(['acme – ana', 'beta\ufffd[2J']);
  expect(await offered('use', 'acme\\ –')).toEqual(['acme – ana']);
  expect(await offered('use', '"acme ')).toEqual(['acme – ana']);
  expect(await offered('export', 'add', '.env', '--connection', 'b')).toEqual(['beta\ufffd[2J']);
  expect(await offered('use', 'acme', '')).toEqual([]);
});

it('offers nothing, and starts nothing, when the app does not answer', async () => {
  expect(await offered('use', '')).toEqual([]);
  await session.core.close();
  expect(await offered('use', '')).toEqual([]);
  expect(session.cli.background).toEqual([]);
});

it('offers presets, also one’s own; the included ones when the app does not answer', async () => {
  session.core.answers = {
    'presets.list': () => ({ presets: presetViews(false), problems: [], folder: '/p' }),
  };
  expect(await offered('env', '--preset', 'set')).toEqual(['settings-file']);
  session.core.answers = { 'presets.list': () => refuse('not-reachable', 'The app is not there.') };
  expect(await offered('run', '--preset', 'jira')).toEqual(['jira-cli', 'jira-js']);
});
