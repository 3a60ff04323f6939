import { beforeEach, describe, expect, it } from 'vitest';
import { width } from '../../../cli/present/width.ts';
import type { CallOutput } from '../../../contract/calls.ts';
import type { ConnectionView } from '../../../contract/connection.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { aConsumer, aGitInstall, aGrant, emptyGateway } from '../../fakes/gateway-data.ts';
import { someHooks } from '../../fakes/some-hooks.ts';
import { aConnection, anExport, aSite, connectionId, exportId } from '../../fakes/window-data.ts';

const session = cliSession();
const NAMES = ['acme', '東京支社の顧客データ', 'שלום עולם'];
let connections: ConnectionView[];
const removed: CallOutput<'connections.remove'> = {
  id: connectionId(1),
  revocation: 'not-asked',
  exports: [],
  manageUrl: null,
};

/** A core in which nothing uses anything. */
beforeEach(() => {
  connections = NAMES.map((name, index) =>
    aConnection(index + 1, session.cli.now, { name, site: aSite('x'), active: index === 0 }),
  );
  session.core.answers = {
    'connections.list': () => ({
      connections,
      damaged: [{ kind: 'connection', id: 'c-9', name: 'lost' }],
    }),
    'connections.find': ({ connection }) =>
      connections.find(({ id, name }) => id === connection || name === connection) ??
      refuse('not-found', 'There is no such connection.'),
    'connections.remove': ({ connection }) => ({ ...removed, id: connection }),
    'exports.list': () => ({ exports: [] }),
    'gateway.view': emptyGateway,
    'hooks.list': () => ({ hooks: [] }),
    'git.installs': () => ({ installs: [] }),
    'folders.list': () => ({ folders: [] }),
    'mcp.files': () => ({ files: [] }),
    'grants.list': () => ({ grants: [] }),
  };
});

/** Everything that can use the connections does. */
function useThem(): void {
  const follows = (n: number) => ({
    target: { follows: 'connection' as const, connection: connectionId(n) },
    connection: { id: connectionId(n), name: NAMES[n - 1] ?? '' },
  });
  const to = (n: number) => ({ id: connectionId(n), name: NAMES[n - 1] ?? '' });
  const { now } = session.cli;
  Object.assign(session.core.answers, {
    'exports.list': () => ({
      exports: [
        anExport(1, 0, { file: '/work/.env', ...follows(1) }),
        anExport(2, 0, { file: '/work/東京/設定.env', ...follows(2) }),
        // The next active connection goes on with it.
        anExport(3, 0, { file: '/work/active.env' }),
      ],
    }),
    'folders.list': () => ({
      folders: [
        {
          file: '/work/app/.tokentray',
          bound: [{ entry: { connection: 'acme' }, connection: to(1), problem: null }],
        },
      ],
    }),
    'git.installs': () => ({
      installs: [
        aGitInstall('https://bitbucket.org', { connection: to(1) }),
        aGitInstall('https://changed.example', { connection: to(1), intact: false }),
      ],
    }),
    'gateway.view': () => ({
      ...emptyGateway(),
      consumers: [
        aConsumer(1, now, { name: 'triage bot', connections: [connectionId(1)] }),
        aConsumer(2, now, { name: 'has all of them' }),
        aConsumer(3, now, { name: 'container', kind: 'remote', connections: [connectionId(1)] }),
      ],
      connectionRules: [
        { connection: connectionId(1), rules: [{ then: 'ask', words: 'Ask before changes.' }] },
      ],
    }),
    'mcp.files': () => ({
      files: [
        {
          ...{ client: 'cursor', scope: 'user', file: '/home/ana/.cursor/mcp.json', problem: null },
          entries: [{ name: 'jira', url: 'http://127.0.0.1:7981/acme/rovo', usesKey: false, problem: null }],
        },
      ],
    }),
    'hooks.list': () => ({
      hooks: someHooks().map((hook, index) => ({ ...hook, connection: index === 0 ? to(1) : null })),
    }),
    'grants.list': () => ({
      grants: [aGrant(1, now), aGrant(2, now, { decision: 'deny' }), aGrant(3, now, { connection: to(2) })],
    }),
  } satisfies typeof session.core.answers);
}

const removals = () => session.core.inputs('connections.remove');

describe('asks at a terminal', () => {
  it.each([
    ['yes', ['remove', 'acme'], ['y'], 0],
    ['no', ['remove', 'acme'], ['n'], 1],
    ['Enter, which is no', ['remove', 'acme'], [''], 1],
    ['the end of the input, which is no', ['remove', 'acme'], [], 1],
  ])('%s', async (_what, words, answers, code) => {
    useThem();
    session.cli.atTerminal(80).stdin.type(...answers);
    session.cli.stdin.end();
    const ran = await session.cli.run(...words);
    expect(ran).toMatchObject({ code, out: '' });
    expect(ran.err).toContain('Remove “acme” and its tokens? [y/N]');
    expect(removals()).toEqual(code === 0 ? [{ connection: connectionId(1), revoke: false }] : []);
  });

  it('says all that it breaks, that it is the active one, and whether revoking helps', async () => {
    useThem();
    session.cli.atTerminal(120).stdin.type('n');
    const { err } = await session.cli.run('remove', 'acme');
    expect(err).toBe(
      [
        '“acme”, Atlassian Cloud, ana@acme.example',
        '★ It is the active connection of Atlassian Cloud: what follows the active one goes on with another.',
        'Env files that are no longer written:',
        '  /work/.env',
        'Folders that are bound to it:',
        '  /work/app/.tokentray',
        'Git gets nothing any more for:',
        '  https://bitbucket.org, by /home/ana/.gitconfig',
        'Gateway keys that no longer reach it:',
        '  triage bot',
        'Keys for other machines that no longer get it:',
        '  container',
        'Entries in files of MCP clients that stop working:',
        '  jira of cursor, in /home/ana/.cursor/mcp.json',
        'Rules that end with it:',
        '  Ask before changes.',
        'Hooks that no longer run:',
        '  notify-send, after token-refreshed',
        'Answers about programs that end with it:',
        '  /home/ana/project/deploy-1.mjs',
        'The sign-in itself stays valid at Atlassian Cloud. To ask for its end too, add --revoke.',
        'Remove “acme” and its tokens? [y/N] tokentray: Nothing was removed.',
        '',
      ].join('\n'),
    );
  });

  it('says that nothing uses it, and that a file that follows the active one has no other', async () => {
    session.cli.atTerminal(80).stdin.type('n', 'n');
    expect((await session.cli.run('remove', NAMES[1] ?? '')).err).toContain('Nothing else uses it.\n');
    useThem();
    connections = connections.slice(0, 1);
    const { err } = await session.cli.run('remove', 'acme');
    expect(err).toContain('★ It is the active connection of Atlassian Cloud, and no other is left.');
    expect(err).toContain('/work/active.env');
  });

  it.each([
    ['without --revoke', {}, [], 'The sign-in itself stays valid'],
    ['with --revoke', {}, ['--revoke'], 'may end with it: 東京支社の顧客データ, שלום עולם.'],
    ['an API token', { method: 'api-token', grant: null }, ['--revoke'], 'API token stays valid'],
    ['a service account', { grant: 'client-credentials' }, [], 'OAuth client of the service account stays'],
    ['a password', { method: 'basic', grant: null }, [], null],
  ] as const)('says whether revoking helps: %s', async (_what, change, options, words) => {
    connections[0] = aConnection(1, session.cli.now, { name: 'acme', ...change });
    session.cli.atTerminal(200).stdin.type('n');
    const { err } = await session.cli.run('remove', 'acme', ...options);
    if (words === null) expect(err).not.toMatch(/valid|revoke/);
    else expect(err).toContain(words);
  });

  it.each([40, 80, 120, 200])('in %i cells', async (room) => {
    useThem();
    session.cli.atTerminal(room).stdin.type('y');
    const { err } = await session.cli.run('remove', ...NAMES);
    const asked = err.slice(0, err.indexOf('Remove these 3 connections and their tokens? [y/N]'));
    for (const line of asked.split('\n'))
      if (line.includes(' ', 2)) expect(width(line), line).toBeLessThanOrEqual(room);
    for (const name of NAMES) expect(asked.replaceAll('\n', ' ')).toContain(`“${name}”`);
    expect(removals().map(({ connection }) => connection)).toEqual([1, 2, 3].map(connectionId));
  });
});

describe('without a terminal', () => {
  it.each([
    ['needs no --yes where nothing uses it', false, ['remove', 'acme'], 0],
    ['needs --yes where something does', true, ['remove', 'acme'], 2],
    ['needs it for each of several', true, ['remove', 'שלום עולם', 'acme'], 2],
    ['goes on with --yes', true, ['remove', 'acme', '--yes'], 0],
    ['says first that a name names nothing', true, ['remove', 'acme', 'nope'], 5],
    ['also with --yes', true, ['remove', 'nope', '--yes'], 5],
  ])('%s', async (_what, used, words, code) => {
    if (used) useThem();
    expect(await session.cli.run(...words)).toMatchObject({ code, out: '' });
    expect((await session.cli.json(...words)).code).toBe(code);
    expect(removals()).toHaveLength(code === 0 ? 2 : 0);
  });

  it('says what uses it, and how to go on', async () => {
    useThem();
    expect((await session.cli.run('remove', 'acme')).err).toBe(
      'tokentray: “acme” is still used, and nobody can be asked here: /work/.env (env file), /work/app/.tokentray (bound folder), https://bitbucket.org, by /home/ana/.gitconfig (address in git’s settings) and 6 more.\n' +
        '  To remove it anyway: tokentray remove acme --yes\n',
    );
  });

  it('removes nothing where it cannot be told what uses it', async () => {
    session.core.answers['hooks.list'] = () => refuse('io', 'No.');
    expect(await session.cli.run('remove', 'acme')).toMatchObject({ code: 1 });
    expect(removals()).toEqual([]);
  });
});

describe('afterwards', () => {
  it('says what it means for files and for the grant', async () => {
    const about = {
      ...removed,
      revocation: 'unsupported' as const,
      exports: [{ id: exportId(1), file: '/work/.env' } as never],
      manageUrl: 'https://id.example/apps',
    };
    session.core.answers['connections.remove'] = () => about;
    expect(await session.cli.run('remove', 'acme', '--revoke', '--yes')).toEqual({
      code: 0,
      out: '',
      err:
        'Removed “acme”.\nNo longer written: /work/.env\n' +
        'This provider does not let apps revoke a grant, so you have to do it yourself.\n' +
        'Revoke the grant: https://id.example/apps\n',
    });
    expect((await session.cli.json('remove', 'acme', '--yes')).documents).toEqual([about]);
    session.core.answers['connections.remove'] = () => ({ ...about, revocation: 'accepted' });
    expect((await session.cli.run('remove', 'acme', '--revoke', '--yes')).err).toContain(
      'accepted the request to revoke the grant. Make sure in your account there that it is gone.\nSee: https://id.example/apps\n' +
        'These share the sign-in, and end with it: 東京支社の顧客データ, שלום עולם\n',
    );
    const id = connectionId(1);
    expect(removals()).toEqual([true, false, true].map((revoke) => ({ connection: id, revoke })));
  });

  it('says where git still asks for it, and what ends that', async () => {
    const usual = aGitInstall('https://bitbucket.org', { connection: { id: connectionId(1), name: null } });
    const { url } = usual;
    session.core.answers['git.installs'] = () => ({
      installs: [
        usual,
        { ...usual, scope: 'local', file: '/work/.git/config' },
        { ...usual, file: '/changed', intact: false },
        { ...usual, file: '/fitting', connection: null },
        { ...usual, file: '/other', connection: { id: connectionId(2), name: 'beta' } },
      ],
    });
    expect((await session.cli.run('remove', 'acme', '--yes')).err).toBe(
      `Removed “acme”.\nGit still asks for it, by ${usual.file}. To end that: tokentray git uninstall ${url}\n` +
        `Git still asks for it in a repository, by /work/.git/config. To end that, there: tokentray git uninstall ${url} --local\n`,
    );
  });

  it('removes a damaged record, of which only the name is known', async () => {
    session.cli.atTerminal(80).stdin.type('y');
    expect((await session.cli.run('remove', 'lost')).err).toContain(
      '“lost” is damaged: what uses it is not known.',
    );
    expect(removals()).toEqual([{ connection: 'c-9', revoke: false }]);
  });

  it('says which are left when one of several cannot be removed', async () => {
    session.core.answers['connections.remove'] = ({ connection }) =>
      connection === connectionId(2) ? refuse('io', 'No.') : removed;
    const { code, err } = await session.cli.run('remove', ...NAMES, '--yes');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'Removed “acme”.\nNot removed: “東京支社の顧客データ”, “שלום עולם”\ntokentray: No.\n',
    });
  });
});
