import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isolatedEnv, ROOT, runCli, startApp, type RunningApp } from '../e2e/support/app.ts';
import { asNobody } from './support/as-nobody.ts';
import { connect } from './support/connect.ts';
import { freePort } from './support/free-port.ts';
import { run } from './support/run.ts';

let app: RunningApp;
/** Another machine: nothing of the app is here. */
let elsewhere: string;
let socket: string;
let key: string;
let token: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  app = await startApp();
  await connect(app);
  await connect(app, { account: 'ben', sites: ['beta'] }, ['--name', 'private one']);
  elsewhere = mkdtempSync(path.join(tmpdir(), 'tokentray-far-'));
  ({ key, socket } = (await app.cli(['remote', 'add', 'acme', '--name', 'builder', '--json'])).json() as {
    key: string;
    socket: string;
  });
  token = (await app.cli(['get', 'acme'])).stdout.trim();
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    const ended = child.exitCode === null ? once(child, 'exit') : null;
    child.kill();
    await ended;
  }
});
afterAll(async () => {
  await app.stop();
  rmSync(elsewhere, { recursive: true, force: true });
});

const far = (at: string, more: NodeJS.ProcessEnv = { TOKENTRAY_KEY: key }): NodeJS.ProcessEnv => ({
  ...isolatedEnv(path.join(elsewhere, 'none')),
  TOKENTRAY_SOCKET: at,
  ...more,
});
const cliThere = (args: string[], env = far(socket)) => runCli(args, env, { cwd: elsewhere });

const ask = (headers: Record<string, string>, target: string, body = '{"field":"access_token"}') =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(
      { socketPath: socket, method: 'POST', path: target, headers, agent: false },
      (answer) => {
        let text = '';
        answer.on('data', (piece: Buffer) => (text += piece.toString()));
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, text });
        });
      },
    );
    sent.on('error', reject).end(body);
  });
const JSON_BODY = { 'content-type': 'application/json' };

describe('a program elsewhere that has a key', () => {
  it('gets, prints variables and runs commands with them, as here', async () => {
    expect(await cliThere(['get'])).toMatchObject({ code: 0, stdout: `${token}\n`, stderr: '' });
    expect((await cliThere(['env', '--format', 'json'])).stdout).toContain(token);
    const child = await cliThere(['run', '--', process.execPath, '-p', 'process.env.ATLASSIAN_ACCESS_TOKEN']);
    expect(child).toMatchObject({ code: 0, stdout: `${token}\n` });
    expect(existsSync(path.join(elsewhere, 'none'))).toBe(false);
  });

  it('knows no other connection, and does nothing else', async () => {
    const other = await cliThere(['get', 'private one']);
    expect([other.code, other.stderr]).toEqual([5, expect.stringContaining('There is “acme”')]);
    expect(other.stderr).not.toContain('is “private one”');
    for (const command of [['list'], ['stop'], ['remote', 'list'], ['export', 'list'], ['log']]) {
      const { code, stdout } = await cliThere(command);
      expect([command, code, stdout]).toEqual([command, 1, '']);
    }
    expect((await ask({ authorization: `Bearer ${key}` }, '/v1/events')).status).not.toBe(200);
  });

  it('reads only the fields that its key names', async () => {
    const added = await app.cli([
      ...['remote', 'add', 'acme', '--name', 'narrow', '--fields', 'site_url, authorization', '--json'],
    ]);
    const env = far(socket, { TOKENTRAY_KEY: (added.json() as { key: string }).key });
    expect((await cliThere(['get', '--field', 'site_url'], env)).stdout).toMatch(/^http/);
    const refused = await cliThere(['get'], env);
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      1,
      '',
      expect.stringContaining('may not read access_token, only: site_url, authorization'),
    ]);
    expect((await cliThere(['env'], env)).code).toBe(1);
  });

  it('is out at once when its key is removed, and the socket goes with the last key', async () => {
    const { key: brief } = (await app.cli(['remote', 'add', 'acme', '--name', 'brief', '--json'])).json() as {
      key: string;
    };
    const env = far(socket, { TOKENTRAY_KEY: brief });
    expect((await cliThere(['get'], env)).code).toBe(0);
    expect((await app.cli(['remote', 'remove', 'brief'])).code).toBe(0);
    const { code, stderr } = await cliThere(['get'], env);
    expect([code, stderr]).toEqual([1, expect.stringContaining('does not open the socket')]);
    expect((await app.cli(['remote', 'list', '--json'])).stdout).not.toContain(brief);
  });

  it('says what to check when nothing answers, and starts no app of its own', async () => {
    const { code, stderr } = await cliThere(['get'], far(path.join(elsewhere, 'no.sock')));
    expect([code, stderr]).toEqual([3, expect.stringContaining('check that it is running there')]);
    expect(existsSync(path.join(elsewhere, 'none'))).toBe(false);
  });
});

describe('without the key', () => {
  it('nobody gets a byte, in 1,000 tries', async () => {
    const gateway = (await app.cli(['gateway', 'add', '--name', 'tool', '--everything'])).stdout.trim();
    const wrong = [
      {},
      { authorization: `Bearer ${key.slice(0, -1)}x` },
      { authorization: `Bearer ${gateway}` },
      { authorization: `Basic ${Buffer.from(`x:${key}`).toString('base64')}` },
      { authorization: key },
      { 'x-tokentray-key': key },
      { authorization: 'Bearer ' },
      { cookie: `key=${key}` },
    ];
    const paths = [
      'credentials.get',
      'credentials.env',
      'snapshot',
      'events',
      'app.stop',
      '__proto__',
      'connections.list',
      '',
    ];
    const answers = [];
    for (let index = 0; index < 1000; index += 1)
      answers.push(
        await ask(
          { ...JSON_BODY, ...wrong[index % wrong.length] },
          `/v1/${paths[Math.floor(index / wrong.length) % paths.length] ?? ''}`,
        ),
      );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(
      answers.some(({ text }) => /acme|private one|ana@/.test(text) || text.includes(token.slice(-40))),
    ).toBe(false);
  });

  it('another user of this machine does not even reach the socket', async () => {
    const code = `import { connect } from 'node:net';
      connect(${JSON.stringify(socket)}).on('connect', () => console.log('in')).on('error', (e) => console.log(e.code));`;
    expect(await asNobody(code)).toBe('EACCES');
  });

  it('a key for the socket opens no gateway', async () => {
    const { url } = ((await app.cli(['gateway', 'list', '--json'])).json() as { gateway: { url: string } })
      .gateway;
    const answer = await fetch(`${url}/`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(401);
  });
});

describe('carried', () => {
  it('over SSH, it serves a machine that has only the key', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-ssh-'));
    const at = (name: string): string => path.join(folder, name);
    for (const name of ['host', 'mine'])
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    const port = await freePort();
    const lines = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${at('host')}`,
      `AuthorizedKeysFile ${at('mine.pub')}`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PermitRootLogin yes',
      'AllowStreamLocalForwarding yes',
    ];
    writeFileSync(at('config'), `${lines.join('\n')}\n`);
    const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', at('config')], { stdio: 'ignore' });
    const client = spawn(
      'ssh',
      [
        ...['-N', '-F', 'none', '-p', String(port), '-i', at('mine'), '-o', 'StrictHostKeyChecking=no'],
        ...['-o', 'UserKnownHostsFile=/dev/null', '-o', 'ConnectionAttempts=20', '-o', 'LogLevel=ERROR'],
        ...['-o', 'ExitOnForwardFailure=yes', '-o', 'StreamLocalBindUnlink=yes'],
        ...['-R', `${at('far.sock')}:${socket}`, `${userInfo().username}@127.0.0.1`],
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    children.push(client, server);
    writeFileSync(at('key'), `${key}\n`, { mode: 0o600 });
    await expect.poll(() => existsSync(at('far.sock'))).toBe(true);
    const env = far(at('far.sock'), { TOKENTRAY_KEY_FILE: at('key') });
    expect(await cliThere(['get'], env)).toMatchObject({ code: 0, stdout: `${token}\n` });
    expect(await cliThere(['get'], { ...env, TOKENTRAY_KEY_FILE: at('none') })).toMatchObject({ code: 1 });
    rmSync(folder, { recursive: true, force: true });
  });

  it('mounted into a container, it is all that is seen of the data folder, and serves another user there', async () => {
    const folder = path.dirname(socket);
    expect(statSync(folder).mode & 0o777).toBe(0o755);
    const mount = mkdtempSync(path.join(tmpdir(), 'tokentray-mount-'));
    const cli = path.join(ROOT, 'out/cli/tokentray.cjs');
    // A mount namespace in which the data folder is empty, as in a container that was given this one folder.
    const inside = (command: string): Promise<{ code: number; stdout: string; stderr: string }> =>
      run(
        'unshare',
        [
          ...(process.getuid?.() === 0 ? [] : ['-r']),
          ...[
            '-m',
            'sh',
            '-ec',
            `mount --bind "$FOLDER" "$MOUNT"; mount -t tmpfs none "$HIDDEN"; ${command}`,
          ],
        ],
        {
          env: { ...far(path.join(mount, 'api.sock')), FOLDER: folder, MOUNT: mount, HIDDEN: app.home },
          cwd: '/',
        },
      );
    const get = `exec "${process.execPath}" "${cli}" get acme`;
    expect(await inside(get)).toMatchObject({ code: 0, stdout: `${token}\n`, stderr: '' });
    expect((await inside('ls -A "$MOUNT"; ls -A "$HIDDEN"')).stdout).toBe('api.sock\n');
    if (process.getuid?.() === 0)
      expect(
        await inside(`exec setpriv --reuid 65534 --regid 65534 --clear-groups ${get.slice(5)}`),
      ).toMatchObject({
        code: 0,
        stdout: `${token}\n`,
      });
    rmSync(mount, { recursive: true, force: true });
  });
});
