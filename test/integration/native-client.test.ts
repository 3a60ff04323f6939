import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENV_FORMATS } from '../../contract/vocabulary.ts';
import { socketPath } from '../../contract/paths.ts';
import { FakeCore, refuse, type Answers } from '../fakes/fake-core.ts';
import { connectionId } from '../fakes/window-data.ts';
import { commandLine, type Ended } from './support/command-line.ts';

const line = commandLine();
beforeAll(() => {
  line.copyNative();
});

/** A Node that is not there: what works with it was done without. */
const NO_NODE = '/nowhere/node';

interface Seen extends Ended {
  calls: unknown[];
}

/** Runs a command line in one of the clients, and gives all that can be seen of it. */
async function seen(
  client: readonly string[],
  script: string | null,
  args: readonly string[],
): Promise<Seen> {
  line.core.calls.length = 0;
  const [program = '', ...first] = client;
  const { child, ended } =
    script === null
      ? line.start(program, [...first, ...args])
      : line.start('bash', ['-c', script, ...client, ...args]);
  child.stdin.on('error', () => undefined).end('what is typed\n');
  return { ...(await ended), calls: [...line.core.calls] };
}

function node(args: readonly string[], script: string | null = null): Promise<Seen> {
  line.env = { ...line.env, TOKENTRAY_NODE: process.execPath };
  return seen([process.execPath, line.program], script, args);
}

function native(args: readonly string[], script: string | null = null, withNode = true): Promise<Seen> {
  line.env = { ...line.env, TOKENTRAY_NODE: withNode ? process.execPath : NO_NODE };
  return seen([line.native], script, args);
}

const value = (text: string) => ({
  'credentials.get': () => ({
    connection: { id: connectionId(1), name: 'acme – “ana”' },
    field: 'access_token' as const,
    value: text,
    expiresAt: '2026-01-01T00:00:00.000Z',
  }),
});
const variables = (text: string, ...list: [name: string, value: string][]) => ({
  'credentials.env': () => ({
    connection: { id: connectionId(1), name: 'acme' },
    variables: list.map(([name, given]) => ({ name, value: given, secret: true })),
    text,
    expiresAt: null,
  }),
});

const attributes = (text: string) => ({ 'git.credential': () => ({ attributes: text, failure: null }) });

type Case = readonly [args: readonly string[], answers?: Answers];
const title = ([args]: Case): string => args.join(' ');

it('is a program, not the script that takes its place where there is no compiler', () => {
  expect(readFileSync(line.native).subarray(0, 4).toString('latin1')).not.toContain('#!');
});

const ODD = 'a"\\/\b\f\n\r\t\u0001\u007f\u0085\u2028\u202e\u2066é€😀';

describe('without Node, the native client does the same', () => {
  const cases: Case[] = [
    [['get']],
    [['get', 'acme – “ana” 😀']],
    [['get', 'a\u0001b"\\c']],
    [['get', 'acme', '--field', 'site_url']],
    [['get', '--field=email', '--api=jira', '--scopes', ' read:a,write:b\tc ', '--min-ttl', '0070']],
    [['get', '--min-ttl=31536000']],
    [['get'], value(ODD)],
    [['get'], value('')],
    [['get'], value('x'.repeat(300_000))],
    [['get', '--json'], value(ODD)],
    [['--json', 'get', '--json']],
    [['env'], variables('A=1\nB=2\n')],
    [['env', 'acme', '--preset', 'mcp-atlassian', '--format', 'json', '--min-ttl', '5'], variables('A=1')],
    [['env'], variables('')],
    [
      ['env', '--preset', 'settings'],
      {
        'credentials.env': () => ({
          ...variables('token: x\n')['credentials.env'](),
          template: true as const,
        }),
      },
    ],
    ...ENV_FORMATS.filter((format) => format !== 'github-actions').map((format): Case => [
      ['env', '--format', format],
      variables('as it is', ['A', 'a secret']),
    ]),
    [['env', '--json'], variables(ODD, ['A', ODD])],
    [['git-credential', 'get'], attributes('username=x\npassword=ü€\n')],
    [['git-credential', 'erase', '--connection', 'acme', '--json'], attributes('')],
    [['run', '--', 'printenv', 'ATLASSIAN_ACCESS_TOKEN', 'HOME']],
    [
      [
        'run',
        'acme',
        '--preset',
        'atlassian',
        '--json',
        '--',
        'sh',
        '-c',
        'echo "$0 $*" >&2; cat',
        '--',
        'é',
      ],
    ],
    [
      ['run', '--', 'printenv', 'PATH', 'TWICE'],
      variables('', ['TWICE', '1'], ['PATH', '/usr/bin'], ['TWICE', ODD]),
    ],
    [['run', '--', '/usr/bin/env', 'printenv', 'ATLASSIAN_ACCESS_TOKEN']],
    [['run', '--', './no-interpreter']],
    [['run', '--', 'sh', '-c', 'exit 42']],
    [['run', '--', 'sh', '-c', 'kill -KILL $$']],
  ];

  it.each(cases.map((each) => [title(each), each] as const))('%j', async (_, [args, answers = {}]) => {
    writeFileSync(path.join(line.home, 'no-interpreter'), 'echo "without: $ATLASSIAN_ACCESS_TOKEN"', {
      mode: 0o755,
    });
    Object.assign(line.core.answers, answers);
    const expected = await node(args);
    expect(expected.calls).toHaveLength(1);
    expect(await native(args, null, false)).toEqual(expected);
  });

  const place = { platform: process.platform, env: {}, homedir: '', uid: process.getuid?.() ?? null };

  it.each<[string, (home: string) => [home: string, args: string[], env: NodeJS.ProcessEnv]]>([
    ['in the sandbox', (home) => [`${home}/sandbox`, ['get', '--sandbox'], {}]],
    [
      'in the sandbox of the environment',
      (home) => [`${home}/sandbox`, ['get'], { TOKENTRAY_SANDBOX: 'true' }],
    ],
    ['by HOME', (home) => [`${home}/.config/tokentray`, ['get'], { TOKENTRAY_HOME: '' }]],
    [
      'by XDG_CONFIG_HOME',
      (home) => [`${home}/x/tokentray`, ['get'], { TOKENTRAY_HOME: '', XDG_CONFIG_HOME: `${home}/x` }],
    ],
    [
      'by a path that is too long for a socket',
      (home) => [`${home}/${'d'.repeat(100)}`, ['get'], { TOKENTRAY_HOME: `${home}/${'d'.repeat(100)}` }],
    ],
  ])('finds the app %s', async (_, given) => {
    const [home, args, env] = given(line.home);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const socket = socketPath(home, place);
    const core = await FakeCore.listen(socket, value('from there'));
    line.env = { ...line.env, ...env };
    expect(await native(args, null, false)).toEqual(await node(args));
    expect(core.inputs('credentials.get')).toHaveLength(2);
    await core.close();
    rmSync(path.dirname(socket), { recursive: true });
  });
});

describe('with Node, it does the same and asks once', () => {
  const cases: Case[] = [
    // What it does not do itself.
    ...[['list'], ['get', '--help'], ['run', '-h'], ['help'], ['--version'], ['nonsense']].map(
      (args): Case => [args],
    ),
    [['env', '--format', 'github-actions'], variables('as it is', ['A', 'a secret'])],
    // Wrong usage; all kinds of it are in native-parts.
    ...[
      ['get', 'a', 'b'],
      ['get', '--field', 'no_such', '--json'],
      ['get', '--field', 'email', '--field', 'scopes'],
      ['run', '--'],
    ].map((args): Case => [args]),
    // Refusals.
    [
      ['get'],
      { 'credentials.get': () => refuse('needs-reconnect', 'Sign in again.', 'tokentray reconnect acme') },
    ],
    [['get', '--json'], { 'credentials.get': () => refuse('not-found', 'No such connection: \u202ex.') }],
    [['env', 'x'], { 'credentials.env': () => refuse('ambiguous', 'Two are called so.', 'Use an ID.') }],
    [['run', '--', 'true'], { 'credentials.env': () => refuse('offline', 'No network.') }],
    [['git-credential', 'store']],
    [['git-credential']],
    [
      ['git-credential', 'get'],
      {
        'git.credential': () => ({
          attributes: 'quit=1\n',
          failure: { code: 'offline', message: 'No network.' },
        }),
      },
    ],
    // Answers that are not as usual.
    [['get'], { 'credentials.get': () => ({ value: 'x' }) as never }],
    [
      ['get'],
      { 'credentials.get': () => ({ ...value('x')['credentials.get'](), expiresAt: undefined }) as never },
    ],
    [['get'], { 'credentials.get': () => ['x'] as never }],
    [['get'], value('half \ud800 character')],
    [['get', '--json'], { 'credentials.get': () => ({ ...value('x')['credentials.get'](), 5: 1e-7 }) }],
    [['env', '--json'], variables('x'.repeat(9 << 20))],
    [['run', '--', 'printenv', 'A'], variables('', ['A', 'b\0c'])],
    [
      ['run', '--preset', 'settings', '--', 'true'],
      {
        'credentials.env': () => ({
          ...variables('token: x\n')['credentials.env'](),
          template: true as const,
        }),
      },
    ],
    [['run', '--', 'printenv'], variables('', ['', 'b'])],
    // Commands that cannot be run.
    [['run', '--', 'no-such-command']],
    [['run', '--json', '--', './plain']],
    [['run', '--', '']],
  ];

  it.each(cases.map((each) => [title(each), each] as const))('%j', async (_, [args, answers = {}]) => {
    writeFileSync(path.join(line.home, 'plain'), '', { mode: 0o644 });
    Object.assign(line.core.answers, answers);
    const expected = await node(args);
    expect(await native(args)).toEqual(expected);
  });

  it.each([
    ['a full device', 'exec "$@" >/dev/full'],
    ['a full device, with --json', 'exec "$@" --json >/dev/full'],
    ['one that takes no word of it either', 'exec "$@" >/dev/full 2>/dev/full'],
    ['a reader that is gone', 'set -o pipefail; "$@" | true; echo ${PIPESTATUS[*]}'],
    ['a closed standard output', 'exec "$@" >&-'],
    ['all streams closed', 'exec "$@" <&- >&- 2>&-'],
    ['a limit to the size of files', 'ulimit -f 0; exec "$@" > file'],
    ['a slow reader', '"$@" | (sleep 0.2; wc -c)'],
  ])('with %s', async (_, script) => {
    Object.assign(line.core.answers, value('x'.repeat(200_000)));
    const shell = `set -- "$0" "$@"; ${script}`;
    expect(await native(['get'], shell)).toEqual(await node(['get'], shell));
  });

  it.each<[string, () => NodeJS.ProcessEnv]>([
    ['no home', () => ({ TOKENTRAY_HOME: '', HOME: '' })],
    ['a data folder in the home folder', () => ({ TOKENTRAY_HOME: '~/' })],
    ['a relative data folder', () => ({ TOKENTRAY_HOME: '.' })],
    ['one of another user', () => ({ TOKENTRAY_HOME: '~nobody/x' })],
    ['one with detours', () => ({ TOKENTRAY_HOME: `${line.home}/../${path.basename(line.home)}/.` })],
    ['a runtime folder with blanks', () => ({ XDG_RUNTIME_DIR: '/run/a b' })],
    ['options of Node for another program', () => ({ NODE_OPTIONS: '--require ./gone.cjs' })],
    ['a setting of the time to come', () => ({ TOKENTRAY_TIME_TO_COME: '1' })],
  ])('with %s', async (_, env) => {
    line.env = { ...line.env, ...env() };
    const { NODE_OPTIONS: _options, ...forNode } = line.env;
    const given = line.env;
    line.env = forNode;
    const expected = await node(['get']);
    line.env = given;
    expect(await native(['get'])).toEqual(expected);
  });

  it('hands the caller’s options of Node on to the command that Node runs', async () => {
    line.env = { ...line.env, NODE_OPTIONS: '--no-deprecation' };
    const args = ['run', '--', 'sh', '-c', 'echo $NODE_OPTIONS $TOKENTRAY_CALLER_NODE_OPTIONS'];
    expect(await native(args, null, false)).toMatchObject({ out: '--no-deprecation\n' });
    line.env['TOKENTRAY_TIME_TO_COME'] = '1';
    expect(await native(args)).toMatchObject({ out: '--no-deprecation\n' });
    delete line.env['TOKENTRAY_TIME_TO_COME'];
    delete line.env['NODE_OPTIONS'];
    line.env['TOKENTRAY_CALLER_NODE_OPTIONS'] = '--no-deprecation';
    expect(await native(args)).toMatchObject({ out: '--no-deprecation\n' });
  });

  it('leaves what is typed to the command that Node runs', async () => {
    line.env['TOKENTRAY_TIME_TO_COME'] = '1';
    expect(await native(['run', '--', 'cat'])).toMatchObject({ out: 'what is typed\n' });
  });

  it.each([
    ['no UTF-8', "printf 'a\\377b\\nc'"],
    ['a NUL', "printf 'a\\0b'"],
    ['more than git sends', "head -c 300000 /dev/zero | tr '\\0' x"],
    ['nothing', 'true'],
  ])('hands over input with %s', async (_, input) => {
    Object.assign(line.core.answers, attributes('username=x\n'));
    const script = `set -- "$0" "$@"; ${input} | "$@"`;
    const expected = await node(['git-credential', 'get'], script);
    expect(expected).toMatchObject({ code: 0, out: 'username=x\n' });
    expect(await native(['git-credential', 'get'], script)).toEqual(expected);
  });

  it('where the app does not run, or its socket cannot be trusted', async () => {
    chmodSync(path.join(line.home, 'run'), 0o777);
    const distrusted = await native(['get']);
    expect(distrusted).toEqual(await node(['get']));
    expect(distrusted).toMatchObject({ code: 1, calls: [] });
    chmodSync(path.join(line.home, 'run'), 0o700);
    await line.core.close();
    const absent = await native(['get']);
    expect(absent).toEqual(await node(['get']));
    expect(absent).toMatchObject({ code: 3 });
  });
});

describe('on the wire', () => {
  let requests: string[];
  let answer: (link: Socket) => void;

  /** A server that records the bytes of requests; it is asked in the fake core's place. */
  beforeEach(async () => {
    await line.core.close();
    rmSync(line.core.socket, { force: true });
    requests = [];
    const server = createServer((link) => {
      let request = '';
      link.on('error', () => undefined);
      link.on('data', (piece: Buffer) => {
        request += piece.toString();
        if (!/\r\n\r\n\{.*\}$/s.test(request)) return;
        requests.push(request);
        answer(link);
      });
    });
    await new Promise<void>((resolve) => server.listen(line.core.socket, resolve));
    return () =>
      new Promise<void>(
        (resolve) =>
          void server.close(() => {
            resolve();
          }),
      );
  });

  const BODY = JSON.stringify(value('the-token')['credentials.get']());
  const HEAD = `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(BODY)}\r\n\r\n`;

  it.each<[string, NodeJS.ProcessEnv]>([
    ['', {}],
    [' with a session bus', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/bus,guid=1' }],
    [' with a runtime folder', { XDG_RUNTIME_DIR: '/run/user/1000' }],
    [' with a bus that is none', { DBUS_SESSION_BUS_ADDRESS: 'no bus', XDG_RUNTIME_DIR: '/run/user/1000' }],
  ])('sends the same bytes%s', async (_, env) => {
    answer = (link) => link.end(HEAD + BODY);
    line.env = { ...line.env, ...env };
    const args = ['get', 'acme –', '--field', 'email', '--scopes', 'a b', '--min-ttl', '07'];
    await node(args);
    await native(args, null, false);
    expect(requests).toHaveLength(2);
    expect(requests[1]).toBe(requests[0]);
  });

  it.each<[string, string[], string[]?]>([
    ['byte by byte', Array.from(HEAD + BODY)],
    ['an interim answer', ['HTTP/1.1 102 Processing\r\n\r\n', HEAD + BODY]],
    ['an interim answer with the answer', [`HTTP/1.1 102 Processing\r\n\r\n${HEAD}${BODY}`]],
    [
      'a refusal in pieces',
      ['HTTP/1.1 404 Not', ' Found\r\n\r\n{"error":{"code":"not-found",', '"message":"m"}}'],
    ],
    ['an answer that is cut', [HEAD, BODY.slice(0, 20)]],
    ['no answer at all', []],
    ['no HTTP', ['SSH-2.0-OpenSSH_9.6\r\n']],
    ['no JSON', ['HTTP/1.1 200 OK\r\n\r\n<html>']],
    [
      'JSON with blanks',
      [HEAD.replace(/\d+\r\n\r\n/, `${BODY.length + 50}\r\n\r\n`), BODY + ' '.repeat(50)],
      ['--json'],
    ],
    ['twice the length', [`${HEAD.slice(0, -2)}Content-Length: 3\r\n\r\n${BODY}`]],
  ])('reads %s', async (_, pieces, args = []) => {
    answer = (link) => {
      void (async () => {
        link.setNoDelay();
        for (const piece of pieces) {
          link.write(piece);
          await new Promise((resolve) => setTimeout(resolve, pieces.length > 10 ? 0 : 20));
        }
        link.end();
      })();
    };
    const expected = await node(['get', ...args]);
    expect(await native(['get', ...args])).toEqual(expected);
    expect(requests).toHaveLength(2);
  });

  it('goes on waiting in Node, which says so at a terminal, for an answer that takes longer', async () => {
    answer = (link) => {
      setTimeout(() => link.write('HTTP/1.1 102 Processing\r\n\r\n'), 3300);
      setTimeout(() => link.end(HEAD + BODY), 3600);
    };
    line.env = { ...line.env, TOKENTRAY_NODE: process.execPath };
    const { out } = await line.terminal(`exec '${line.native}' get`).ended;
    expect(out).toMatch(/^.*The app is still working.*\r\nthe-token\r\n$/s);
    expect(requests).toHaveLength(1);
  });
});
