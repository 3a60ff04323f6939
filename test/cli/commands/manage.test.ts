import { setupSteps } from '../../../contract/setup-steps.ts';
import { bundledProvider } from '../../fakes/bundled-provider.ts';
import { describe, expect, it } from 'vitest';
import type { CallOutput } from '../../../contract/calls.ts';
import type { ConnectionStatus, ConnectionView } from '../../../contract/connection.ts';
import type { OAuthClientId, ProviderId } from '../../../contract/ids.ts';
import type { OAuthClientView } from '../../../contract/provider.ts';
import { DEFAULT_SETTINGS } from '../../../contract/settings.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';
import { aConnection, aSite, connectionId, uuid, aProvider } from '../../fakes/window-data.ts';

const session = cliSession();
const acme = (change: Partial<ConnectionView> = {}) =>
  aConnection(1, session.cli.now, { name: 'acme', active: true, ...change });

/** The shape that scripts rely on. */
const acmeRow = {
  id: connectionId(1),
  name: 'acme',
  provider: 'atlassian',
  method: 'oauth2',
  account: { id: 'ana', name: 'Ana Keller', email: 'ana@acme.example' },
  site: { cloudId: 'cloud-acme', name: 'acme', url: 'https://acme.atlassian.net' },
  scopes: ['read:me', 'read:jira-work', 'write:jira-work'],
  status: { state: 'connected' },
  active: true,
  expiresAt: '2026-11-22T09:52:05.000Z',
};
const acmeLine = 'acme  https://acme.atlassian.net  ● Connected  Renews automatically · token valid 52 min\n';

describe('list', () => {
  it('gives exactly the documented shape', async () => {
    session.core.answers = { 'connections.list': () => ({ connections: [acme(), acme({ site: null })] }) };
    expect((await session.cli.json('list')).documents).toEqual([[acmeRow, { ...acmeRow, site: null }]]);
  });

  it('tells of a damaged one beside the others, and keeps it out of the JSON', async () => {
    const damaged = [{ kind: 'connection', id: 'c-1', name: 'lo\u001b[2Jst' }] as const;
    session.core.answers = { 'connections.list': () => ({ connections: [acme()], damaged: [...damaged] }) };
    const words =
      '▲ The connection “lo\ufffd[2Jst” cannot be read: its record in the store is damaged.\n' +
      '    Restore a backup of the data folder, or remove this connection and add it again: tokentray remove c-1\n';
    expect(await session.cli.run('list')).toMatchObject({ code: 0, err: words });
    expect(await session.cli.json('list')).toEqual({ code: 0, documents: [[acmeRow]], err: '' });
  });

  it('aligns a table with states in shape and word', async () => {
    const at = new Date(session.cli.now + 3_600_000).toISOString();
    const states: ConnectionStatus[] = [
      { state: 'connected' },
      { state: 'refreshing', since: at },
      { state: 'expiring', expiresAt: at },
      { state: 'needs-reconnect', since: at, reason: 'Gone.', fault: 'grant', hint: 'x' },
      { state: 'missing-scope', since: at, scopes: ['a', 'b'] },
      { state: 'offline', since: at, reason: 'No network.', retryAt: at, answered: false },
      { state: 'paused', since: at },
      { state: 'paused', since: null },
      { state: 'connected' },
    ];
    const connections = states.map((status, index) =>
      acme({
        status,
        active: index === 0,
        name: index === 1 ? '日本\u001b[2J' : 'acme',
        site: aSite('acme'),
        // As while the keychain is locked.
        ...(index === 8 && { nextRefreshAt: null }),
      }),
    );
    session.core.answers = { 'connections.list': () => ({ connections }) };
    const { out, err } = await session.cli.run('list');
    expect(err).toBe('');
    expect(out.split('\n')).toEqual([
      '   NAME      PROVIDER   ACCOUNT           SITE  STATE',
      '★  acme      atlassian  ana@acme.example  acme  ● Connected           Renews automatically · token valid 52 min',
      '   日本\ufffd[2J  atlassian  ana@acme.example  acme  ◐ Refreshing',
      '   acme      atlassian  ana@acme.example  acme  ◔ Expires in 1 h',
      '   acme      atlassian  ana@acme.example  acme  ▲ Needs reconnect     Gone.',
      '   acme      atlassian  ana@acme.example  acme  ▲ Missing permission  Not granted: a b',
      '   acme      atlassian  ana@acme.example  acme  ○ Offline             No network. Next try in 1 h.',
      '   acme      atlassian  ana@acme.example  acme  ‖ Paused              Since in 1 h',
      '   acme      atlassian  ana@acme.example  acme  ‖ Paused              All refreshing is paused',
      '   acme      atlassian  ana@acme.example  acme  ● Connected           Not renewed now · token valid 52 min',
      '',
    ]);
  });

  it('paints only at a terminal, and not with NO_COLOR', async () => {
    session.core.answers = { 'connections.list': () => ({ connections: [acme()] }) };
    const painted = async () => (await session.cli.run('list')).out.includes('\u001b[');
    expect(await painted()).toBe(false);
    session.cli.stdout.isTTY = true;
    expect(await painted()).toBe(true);
    session.cli.env['NO_COLOR'] = '1';
    expect(await painted()).toBe(false);
  });

  it('says how to begin when there is nothing', async () => {
    session.core.answers = { 'connections.list': () => ({ connections: [] }) };
    expect(await session.cli.run('list')).toEqual({
      code: 0,
      out: '',
      err: 'No accounts connected. Connect one: tokentray connect atlassian\n',
    });
  });

  it('takes 10,000 connections', async () => {
    const many = Array.from({ length: 10_000 }, () => acme());
    session.core.answers = { 'connections.list': () => ({ connections: many }) };
    expect((await session.cli.run('list')).out.split('\n')).toHaveLength(10_002);
    const [rows] = (await session.cli.json('list')).documents as [unknown[]];
    expect(rows).toHaveLength(10_000);
  });
});

describe('commands that end with a connection', () => {
  it.each([
    ['use acme', 'connections.use', { connection: 'acme' }, 'Active for Atlassian Cloud:'],
    ['rename acme x', 'connections.rename', { connection: 'acme', name: 'x' }, 'Renamed:'],
    ['refresh', 'connections.refresh', { folder: '/work' }, 'Refreshed:'],
    ['refresh acme', 'connections.refresh', { connection: 'acme' }, 'Refreshed:'],
    ['pause acme', 'connections.pause', { connection: 'acme', paused: true }, 'Paused:'],
    ['resume acme', 'connections.pause', { connection: 'acme', paused: false }, 'Resumed:'],
  ] as const)('%s', async (line, call, input, sentence) => {
    session.core.answers = { [call]: () => acme() };
    expect(await session.cli.run(...line.split(' '))).toEqual({
      code: 0,
      out: acmeLine,
      err: `${sentence}\n`,
    });
    expect(await session.cli.json(...line.split(' '))).toEqual({
      code: 0,
      documents: [{ connection: acmeRow }],
      err: '',
    });
    expect(session.core.calls).toEqual(Array(2).fill({ name: call, input, authorization: null }));
  });

  it('use --site changes nothing when the site is refused', async () => {
    session.core.answers = { 'connections.set-site': () => refuse('not-found', 'No such site.') };
    expect(await session.cli.run('use', 'acme', '--site', 'x')).toMatchObject({ code: 5 });
    expect(session.core.calls.map(({ name }) => name)).toEqual(['connections.set-site']);
    session.core.answers = { 'connections.set-site': () => acme(), 'connections.use': () => acme() };
    expect(await session.cli.run('use', 'acme', '--site', 'x')).toMatchObject({ code: 0 });
    expect(session.core.inputs('connections.set-site')[1]).toEqual({ connection: 'acme', site: 'x' });
  });
});

it('pause and resume without a connection concern all of them', async () => {
  session.core.answers = {
    'settings.set': (patch) => ({ ...DEFAULT_SETTINGS, ...patch }) as CallOutput<'settings.set'>,
  };
  expect(await session.cli.run('pause')).toEqual({ code: 0, out: '', err: '‖ Refreshing is paused.\n' });
  expect((await session.cli.json('resume')).documents).toEqual([{ refreshingPaused: false }]);
  expect(session.core.inputs('settings.set')).toEqual([
    { refreshingPaused: true },
    { refreshingPaused: false },
  ]);
});

describe('test', () => {
  const results = [
    { check: 'identity', ok: true, message: 'Ana' },
    { check: 'site', ok: false, message: 'Gone' },
  ];
  it.each([
    [true, 'connected', 0],
    [false, 'connected', 1],
    [false, 'needs-reconnect', 4],
  ] as const)('ends by the outcome: %j, %s → %i', async (ok, state, code) => {
    const since = new Date(0).toISOString();
    const status: ConnectionStatus =
      state === 'connected' ? { state } : { state, since, reason: 'Gone.', fault: 'grant', hint: 'x' };
    const connection = acme({ status });
    const { account, site } = connection;
    const learnt = { account, site, products: ['jira'], scopes: [] };
    session.core.answers = { 'connections.test': () => ({ connection, ok, results, ...learnt }) };
    expect(await session.cli.run('test')).toEqual({
      code,
      out: 'acme\n● identity: Ana\n▲ site: Gone\n',
      err: '',
    });
    expect((await session.cli.json('test', 'acme')).documents).toEqual([
      { connection: { ...acmeRow, status }, ok, results, ...learnt },
    ]);
  });
});

describe('undo', () => {
  it.each([
    ['remove', 'Back again:'],
    ['use', 'Active again:'],
  ] as const)('of %s says what is there again', async (kind, sentence) => {
    session.core.answers = { 'connections.undo': () => ({ kind, connections: [acme()] }) };
    expect(await session.cli.run('undo')).toEqual({ code: 0, out: acmeLine, err: `${sentence}\n` });
    expect((await session.cli.json('undo')).documents).toEqual([{ kind, connections: [acmeRow] }]);
    expect(session.core.inputs('connections.undo')).toEqual([{}, {}]);
  });

  it('is what a removal tells of, if it can be taken back', async () => {
    const removed = { id: connectionId(1), revocation: 'not-asked' as const, exports: [], manageUrl: null };
    session.core.answers = {
      'connections.list': () => ({ connections: [acme()] }),
      'connections.find': () => acme(),
      'connections.remove': () => ({ ...removed, undoUntil: '2026-11-22T09:30:30.000Z' }),
    };
    expect((await session.cli.run('remove', 'acme', '--yes')).err).toBe(
      'Removed “acme”. To take that back within 30 seconds: tokentray undo\n',
    );
  });
});

describe('clients', () => {
  const client: OAuthClientView = {
    id: uuid(7) as OAuthClientId,
    provider: 'atlassian' as ProviderId,
    name: 'tools',
    clientId: 'abc',
    hasSecret: true,
    redirectUri: 'http://127.0.0.1:7979/callback',
    origin: 'user',
    connections: 2,
  };
  const add = ['clients', 'add', 'atlassian', '--client-id', 'abc'] as const;
  const added = () => session.core.inputs('clients.add');

  it('add reads the secret from standard input and shows it nowhere', async () => {
    session.core.answers = { 'clients.add': () => client };
    session.cli.stdin.type('  hunter2');
    session.cli.stdin.end();
    const { code, out, err } = await session.cli.run(
      ...add,
      '--name',
      'tools',
      '--redirect-uri',
      'http://x/cb',
    );
    expect(code).toBe(0);
    expect(added()).toEqual([
      {
        provider: 'atlassian',
        clientId: 'abc',
        clientSecret: 'hunter2',
        name: 'tools',
        redirectUri: 'http://x/cb',
      },
    ]);
    expect(out + err).not.toContain('hunter2');
    expect(out).toContain('atlassian  tools  abc        stored  people  http://127.0.0.1:7979/callback  2');
  });

  it('add asks at a terminal, hidden', async () => {
    session.core.answers = { 'clients.add': () => client };
    session.cli.atTerminal().stdin.type('my-id', 'hunter2');
    const { code, out, err } = await session.cli.run('clients', 'add', 'atlassian');
    expect(code).toBe(0);
    expect(added()).toEqual([{ provider: 'atlassian', clientId: 'my-id', clientSecret: 'hunter2' }]);
    expect(session.cli.stdin.hiddenReads).toBe(1);
    expect(out + err).not.toContain('hunter2');
  });

  describe('add at a terminal', () => {
    const atlassian = bundledProvider('atlassian');
    const answers = () => ({
      'providers.list': () => ({ providers: [atlassian], problems: [], folder: '' }),
      'clients.add': () => client,
    });
    const ID = 'kT4vQ9zLrB2mXw7NcE5yHs81aB3dE6gH';

    it('prints the steps first, as the window shows them', async () => {
      session.core.answers = answers();
      session.cli.atTerminal().stdin.type(ID, 'hunter2');
      const { code, err } = await session.cli.run(
        'clients',
        'add',
        'atlassian',
        '--scopes',
        'read:me offline_access',
      );
      expect(code).toBe(0);
      for (const { title, where } of setupSteps(atlassian, 'people')) {
        expect(err).toContain(title);
        expect(err).toContain(where);
      }
      expect(err).toContain('https://developer.atlassian.com/console/myapps/');
      expect(err).toContain('User identity API: read:me\n');
      expect(err).toContain('http://127.0.0.1:7979/callback');
      expect(added()).toMatchObject([{ clientId: ID, scopes: ['read:me', 'offline_access'] }]);
    });

    it('says what is wrong with a value, and asks once more', async () => {
      session.core.answers = answers();
      session.cli.atTerminal().stdin.type('ana@acme.example', ID, ID, 'hunter2');
      const { err } = await session.cli.run('clients', 'add', 'atlassian');
      expect(err).toContain('This is an e-mail address');
      expect(err).toContain('This is the client ID again');
      expect(added()).toMatchObject([{ clientId: ID, clientSecret: 'hunter2' }]);
    });

    it('prints the steps alone, for people and for programs', async () => {
      session.core.answers = answers();
      const { out } = await session.cli.run('clients', 'add', 'atlassian', '--steps');
      expect(out).toMatch(/^Register Tokentray with Atlassian Cloud, in about 5 minutes:\n/);
      const { documents } = await session.cli.json(
        'clients',
        'add',
        'atlassian',
        '--steps',
        '--service-account',
      );
      expect(documents).toMatchObject([
        { console: 'Atlassian Administration', steps: [{ id: 'console' }, { id: 'credentials' }] },
      ]);
      expect(added()).toEqual([]);
    });
  });

  it('add --file takes what a console downloads', async () => {
    const found = {
      kind: 'client',
      clientId: 'id',
      hasSecret: true,
      redirectUri: null,
      name: null,
      notice: 'Mind this.',
    } as const;
    session.core.answers = { 'clients.check-file': () => found, 'clients.add-file': () => client };
    session.cli.stdin.type('{"client_id":"id"}');
    session.cli.stdin.end();
    const { code, err } = await session.cli.run('clients', 'add', 'google', '--file', '-', '--name', 'tools');
    expect(code).toBe(0);
    expect(err).toContain('Mind this.');
    expect(session.core.inputs('clients.add-file')).toMatchObject([
      { provider: 'google', text: expect.stringContaining('client_id') as string, name: 'tools' },
    ]);
  });

  it('add --file leaves a provider file to providers add', async () => {
    session.core.answers = { 'clients.check-file': () => ({ kind: 'provider' }) };
    session.cli.stdin.type('{}');
    session.cli.stdin.end();
    const { code, err } = await session.cli.run('clients', 'add', 'acme', '--file', '-');
    expect(code).not.toBe(0);
    expect(err).toContain('tokentray providers add');
  });

  it('change sends what is given, the secret from standard input', async () => {
    session.core.answers = { 'clients.change': () => client };
    session.cli.stdin.type('hunter3');
    session.cli.stdin.end();
    const { code, out, err } = await session.cli.run(
      'clients',
      'change',
      'tools',
      '--secret',
      '--name',
      'robot',
    );
    expect(code).toBe(0);
    expect(out + err).not.toContain('hunter3');
    expect(session.core.inputs('clients.change')).toEqual([
      { client: 'tools', name: 'robot', clientSecret: 'hunter3' },
    ]);
  });

  it.each([[[]], [['--secret', '--public']]])(
    'change does not know what to change with %j',
    async (options) => {
      expect(await session.cli.run('clients', 'change', 'tools', ...options)).toMatchObject({ code: 2 });
      expect(session.core.calls).toEqual([]);
    },
  );

  it('change --public takes the secret away', async () => {
    session.core.answers = { 'clients.change': () => ({ ...client, hasSecret: false }) };
    await session.cli.json('clients', 'change', 'tools', '--public');
    expect(session.core.inputs('clients.change')).toEqual([{ client: 'tools', clientSecret: null }]);
  });

  it('add --public needs no secret', async () => {
    session.core.answers = { 'clients.add': () => ({ ...client, hasSecret: false }) };
    expect((await session.cli.json(...add, '--public')).documents).toEqual([{ ...client, hasSecret: false }]);
    expect(added()).toEqual([{ provider: 'atlassian', clientId: 'abc' }]);
  });

  it.each([
    [[...add, '--client-secret', 'hunter2']],
    [[...add, '--client-secret=hunter2']],
    [[...add, 'hunter2']],
    [[...add, '--client-secrt=hunter2']],
  ])('add refuses a secret on the command line, without repeating it', async (argv) => {
    const { code, out, err } = await session.cli.run(...argv);
    expect(code).toBe(2);
    expect(out + err).not.toContain('hunter2');
    expect(session.core.calls).toEqual([]);
  });

  it('add refuses to go on without id or secret', async () => {
    session.cli.stdin.end();
    expect(await session.cli.run('clients', 'add', 'atlassian')).toMatchObject({ code: 2 });
    expect(await session.cli.run(...add)).toMatchObject({ code: 2 });
    session.cli.atTerminal();
    expect(await session.cli.json(...add)).toMatchObject({ code: 2 });
    expect(session.core.calls).toEqual([]);
  });

  it('list and remove', async () => {
    session.core.answers = {
      'clients.list': () => ({ clients: [client] }),
      'clients.remove': () => ({ id: client.id }),
    };
    expect((await session.cli.json('clients', '--provider', 'atlassian')).documents).toEqual([[client]]);
    expect((await session.cli.json('clients', 'remove', 'tools')).documents).toEqual([{ id: client.id }]);
    expect(session.core.calls.map(({ input }) => input)).toEqual([
      { provider: 'atlassian' },
      { client: 'tools' },
    ]);
  });
});

it('providers shows what there is and which files could not be used', async () => {
  const listed: CallOutput<'providers.list'> = {
    providers: [aProvider({ clients: [] })],
    problems: [{ file: '/p/x.json', field: 'name', message: 'Missing.', hint: 'Add it.' }],
    folder: '/p',
  };
  session.core.answers = { 'providers.list': () => listed, 'providers.reload': () => listed };
  const { out, err } = await session.cli.run('providers');
  expect(out).toContain('atlassian  Atlassian Cloud  oauth2 (authorization-code)  yes    bundled  –');
  expect(err).toBe('Your own definitions: /p\n▲ /p/x.json (name): Missing.\n    Add it.\n');
  expect((await session.cli.json('providers', '--reload')).documents).toEqual([listed]);
  expect(session.core.calls.map(({ name }) => name)).toEqual(['providers.list', 'providers.reload']);
});
