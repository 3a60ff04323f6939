import { describe, expect, it } from 'vitest';
import { needAttentionWords, notWrittenWords } from '../../../contract/problems.ts';
import type { AppStatus } from '../../../contract/status.ts';
import type { ActivityEntry } from '../../../contract/activity.ts';
import { aConnection, anExport } from '../../fakes/window-data.ts';
import { cliSession } from '../../fakes/cli-session.ts';
import { refuse } from '../../fakes/fake-core.ts';

const session = cliSession();

const status = (): AppStatus => ({
  running: true,
  host: 'browser',
  desktop: null,
  pid: 42,
  version: '0.1.0',
  userHome: '/home/ana',
  home: '/data',
  socket: '/data/run/api.sock',
  connections: 2,
  sandbox: { url: 'http://127.0.0.1:1' },
  keychain: { state: 'ready' },
  database: null,
  refreshingPaused: false,
});
const documented = {
  running: true,
  host: 'browser',
  pid: 42,
  version: '0.1.0',
  home: '/data',
  socket: '/data/run/api.sock',
  connections: 2,
};

describe('status', () => {
  it('gives exactly the documented shape', async () => {
    session.core.answers = { status };
    expect(await session.cli.json('status')).toEqual({ code: 0, documents: [documented], err: '' });
  });

  it('says what should be done about connections that work', async () => {
    const notice = {
      title: 'Outdated permissions',
      message: 'They open nothing.',
      hint: 'Run `tokentray test`.',
    };
    const connections = [aConnection(1, session.cli.now, { name: 'acme', notice })];
    session.core.answers = {
      status,
      'connections.list': () => ({ connections }),
      'exports.list': () => ({ exports: [] }),
    };
    expect((await session.cli.run('status')).err).toContain(
      '▲ acme: They open nothing. Run `tokentray test`.',
    );
  });

  it('shows it to people: what needs them, and until when what is used now works', async () => {
    const { now } = session.cli;
    const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
    const gone = { since: at(-90), reason: 'Gone.', fault: 'grant', hint: 'x' } as const;
    const connections = [
      aConnection(1, now, { name: 'acme', active: true }),
      aConnection(2, now, { name: 'בטא', active: true, status: { state: 'needs-reconnect', ...gone } }),
      aConnection(3, now, {
        ...{ name: 'far', active: true },
        status: { state: 'offline', since: at(-9), reason: 'No.', retryAt: at(2), answered: false },
      }),
      aConnection(4, now, { name: 'endless', active: true, expiresAt: null }),
      aConnection(5, now, { name: 'quiet' }),
    ];
    const error = { code: 'io', message: 'Permission denied' } as const;
    session.core.answers = {
      status,
      'connections.list': () => ({ connections }),
      'exports.list': () => ({
        exports: [
          anExport(1, now),
          anExport(2, now, { file: '/work/.env', status: { state: 'failed', since: at(-1), error } }),
        ],
      }),
    };
    const { code, out, err } = await session.cli.atTerminal(80).run('status');
    expect(code).toBe(0);
    expect(out.replaceAll(/\d\d:\d\d/g, 'HH:MM')).toBe(
      'State        ● Running\n' +
        `Problems     ▲ ${needAttentionWords(1)}, ${notWrittenWords(1)}\n` +
        'Active       ★ acme: works until HH:MM, renews HH:MM\n' +
        '             ★ \u2068בטא\u2069: ▲ Needs reconnect\n' +
        '             ★ far: ○ Offline, works until HH:MM, renews HH:MM\n' +
        '             ★ endless: works, no end known\n' +
        'Version      0.1.0\nHost         browser (process 42)\nConnections  2\n' +
        'Secrets      ● Keychain open\nSandbox      http://127.0.0.1:1\nData folder  /data\n' +
        'Socket       /data/run/api.sock\n',
    );
    expect(err).toBe(
      '▲ Needs reconnect: בטא, OAuth 2.0\n▲ Not written: /work/.env\nWhat to do about it: tokentray doctor\n',
    );
  });

  it('says that nothing needs them', async () => {
    session.core.answers = {
      status,
      'connections.list': () => ({ connections: [] }),
      'exports.list': () => ({ exports: [] }),
    };
    const { out, err } = await session.cli.run('status');
    expect(out).toContain('Problems     ● None\nVersion ');
    expect(err).toBe('');
  });

  it('says with exit code 3 that nothing runs, and where it would', async () => {
    const { home, socket } = session.cli;
    await session.core.close();
    expect(await session.cli.json('status')).toEqual({
      code: 3,
      documents: [{ running: false, home, socket }],
      err: '',
    });
    expect(await session.cli.run('status')).toEqual({
      code: 3,
      out: '',
      err: `tokentray: The app is not running (data folder ${home}).\n  Start it: tokentray serve\n`,
    });
  });
});

describe('without a command', () => {
  it('prints the status, and a link to open elsewhere, where there is no display', async () => {
    const url = 'http://127.0.0.1:1/open/x';
    session.core.answers = { status, 'app.open': () => ({ url }) };
    expect(await session.cli.json()).toEqual({ code: 0, documents: [documented, { url }], err: '' });
    expect(session.core.inputs('app.open')).toEqual([{ launch: false }]);
  });

  it('opens the app where there is one', async () => {
    session.core.answers = { 'app.open': () => ({ url: null }) };
    session.cli.atTerminal().env['DISPLAY'] = ':0';
    expect(await session.cli.run()).toEqual({ code: 0, out: '', err: '' });
    session.core.answers = { 'app.open': () => ({ url: 'http://127.0.0.1:1/x' }) };
    expect((await session.cli.run()).out).toBe('http://127.0.0.1:1/x\n');
    expect(session.core.inputs('app.open')).toEqual([{ launch: true }, { launch: true }]);
  });
});

describe('stop', () => {
  it('comes back when the app is gone', async () => {
    session.core.answers = {
      'app.stop': () => {
        setTimeout(() => void session.core.close(), 20);
        return {};
      },
    };
    session.cli.clock.sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    expect(await session.cli.json('stop')).toEqual({ code: 0, documents: [{ stopped: true }], err: '' });
    expect(await session.cli.json('status')).toMatchObject({ code: 3 });
  });

  it('is content when none runs', async () => {
    await session.core.close();
    expect(await session.cli.run('stop')).toEqual({ code: 0, out: '', err: 'The app was not running.\n' });
  });

  it('says that an app takes long to end', async () => {
    session.core.answers = { 'app.stop': () => ({}) };
    expect(await session.cli.run('stop')).toMatchObject({ code: 1 });
  });
});

describe('serve', () => {
  it('runs the app with the same options and ends like it', async () => {
    session.cli.onRunChild = () => ({ kind: 'exited', code: 7 });
    const argv = ['serve', '--sandbox', '--sandbox-ttl', '20', '--port', '0', '--no-open', '--session-only'];
    expect(await session.cli.run(...argv, '--json')).toEqual({ code: 7, out: '', err: '' });
    expect(session.cli.children).toEqual([
      {
        command: '/usr/bin/node',
        args: ['/app/main/serve.js', ...argv.slice(1), '--json'],
        env: session.cli.env,
        cwd: session.cli.home,
      },
    ]);
    expect(session.core.calls).toEqual([]);
  });

  it('says that a desktop app serves no page', async () => {
    session.cli.serve = { host: 'electron', program: '/opt/app', args: [], file: '/opt/app' };
    expect(await session.cli.run('serve', '--json')).toMatchObject({
      code: 1,
      err: '',
      out: expect.stringContaining('"unsupported"') as string,
    });
    expect(session.cli.children).toEqual([]);
  });

  it('needs no option', async () => {
    expect(await session.cli.run('serve')).toMatchObject({ code: 0 });
    expect(session.cli.children[0]?.args).toEqual(['/app/main/serve.js']);
  });
});

describe('log', () => {
  const entry = (id: number): ActivityEntry => ({
    id,
    at: new Date(2026, 10, 22, 9, id).toISOString(),
    level: id === 2 ? 'error' : 'info',
    event: 'refresh.refreshed',
    message: `thing ${id}`,
    connection: null,
    export: null,
  });

  it('shows the newest last', async () => {
    session.core.answers = { 'activity.list': () => ({ entries: [entry(2), entry(1)] }) };
    expect(await session.cli.run('log')).toEqual({
      code: 0,
      out: '2026-11-22 09:01:00   thing 1\n2026-11-22 09:02:00 ▲ thing 2\n',
      err: '',
    });
    expect((await session.cli.json('log', '--limit', '2')).documents).toEqual([entry(1), entry(2)]);
    expect(session.core.inputs('activity.list')).toEqual([{ limit: 50 }, { limit: 2 }]);
  });

  it('has a line for each day at a terminal, and breaks long messages between words', async () => {
    const entries = [
      { ...entry(3), at: new Date(2026, 10, 23, 0, 1, 5).toISOString(), message: '東京 was renewed.' },
      { ...entry(2), message: 'The file /work/app/.env could not be written.' },
      entry(1),
    ];
    session.core.answers = { 'activity.list': () => ({ entries }) };
    expect((await session.cli.atTerminal(40).run('log')).out).toBe(
      [
        ...['2026-11-22', '09:01:00   thing 1', '09:02:00 ▲ The file /work/app/.env could'],
        ...['           not be written.', '', '2026-11-23', '00:01:05   東京 was renewed.', ''],
      ].join('\n'),
    );
  });

  it('--follow goes on with what happens, each once, until Ctrl-C', async () => {
    session.core.answers = {
      'activity.list': () => {
        // Happens while the list is being read: it is in the list and in the stream.
        session.core.emit({ type: 'activity', entry: entry(2) });
        return { entries: [entry(2), entry(1)] };
      },
    };
    const write = session.cli.stdout.write.bind(session.cli.stdout);
    session.cli.stdout.write = (text) => {
      write(text);
      if (text.includes('thing 2')) session.core.emit({ type: 'activity', entry: entry(3) });
      if (text.includes('thing 3')) session.cli.interrupt();
    };
    const { code, documents } = await session.cli.json('log', '--follow');
    expect({ code, documents }).toEqual({ code: 0, documents: [entry(1), entry(2), entry(3)] });
    expect(session.cli.interrupts.size).toBe(0);
  });

  it('--follow ends with 3 when the app does', async () => {
    session.core.answers = {
      'activity.list': () => {
        setTimeout(() => void session.core.close(), 10);
        return { entries: [] };
      },
    };
    expect(await session.cli.json('log', '--follow')).toMatchObject({
      code: 3,
      documents: [{ error: { code: 'not-reachable', message: 'The app has ended.' } }],
    });
  });

  it('--follow ends with what the list was refused for', async () => {
    session.core.answers = { 'activity.list': () => refuse('io', 'No.') };
    expect(await session.cli.run('log', '--follow')).toEqual({ code: 1, out: '', err: 'tokentray: No.\n' });
  });
});
