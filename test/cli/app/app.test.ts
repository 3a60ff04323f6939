import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sandboxFolder, socketPath, storeFile } from '../../../contract/paths.ts';
import { aClient } from '../../fakes/window-data.ts';
import { CliContext } from '../../fakes/cli-context.ts';
import { FakeCore, refuse } from '../../fakes/fake-core.ts';

let cli: CliContext;
const cores: FakeCore[] = [];

beforeEach(() => {
  cli = new CliContext();
});
afterEach(async () => {
  for (const core of cores.splice(0)) await core.close();
  cli.dispose();
});

async function coreAt(home: string, pid: number): Promise<FakeCore> {
  const core = await FakeCore.listen(socketPath(home, cli.paths), {
    'connections.list': () => ({ connections: [] }),
    'clients.list': () => ({ clients: [aClient({ name: String(pid) })] }),
  });
  cores.push(core);
  return core;
}

const person = () => coreAt(cli.home, 1);
const sandbox = () => coreAt(sandboxFolder(cli.home, 'linux'), 2);
/** Which of the two answered. */
const whoAnswers = async (...options: string[]) => {
  const { code, documents } = await cli.json('clients', ...options);
  const [document] = documents as [{ name: string }[] | { error: { message: string; hint: string } }];
  return Array.isArray(document)
    ? document[0]?.name === '1'
      ? 'person'
      : 'sandbox'
    : { exit: code, ...document.error };
};

describe('finding the app', () => {
  it('takes the person’s own where it runs, though the sandbox does too', async () => {
    await Promise.all([person(), sandbox()]);
    expect(await whoAnswers()).toBe('person');
  });

  it('says that the sandbox runs too, to who finds nothing in their own', async () => {
    const own = await person();
    expect((await cli.run('list')).err).not.toContain('sandbox');
    await sandbox();
    expect((await cli.run('list')).err).toContain('The sandbox is also running: tokentray list --sandbox\n');
    own.answers = {
      'credentials.get': () => refuse('not-found', 'There is no active connection.', 'Connect one.'),
    };
    const { code, err } = await cli.run('get');
    expect([code, err]).toEqual([
      5,
      'tokentray: There is no active connection.\n  Connect one. (The sandbox is also running: add --sandbox to use it.)\n',
    ]);
  });

  it.each([
    ['--sandbox', {}],
    ['', { TOKENTRAY_SANDBOX: '1' }],
  ])('takes the sandbox when asked (%j %j)', async (option, env) => {
    await Promise.all([person(), sandbox()]);
    Object.assign(cli.env, env);
    expect(await whoAnswers(...(option ? [option] : []))).toBe('sandbox');
  });

  it('takes the sandbox of somebody who has never run anything else, and says so at a terminal only', async () => {
    await sandbox();
    expect(await whoAnswers()).toBe('sandbox');
    expect(await cli.run('list')).toMatchObject({
      code: 0,
      err: expect.not.stringContaining('Using') as string,
    });
    cli.stderr.isTTY = true;
    cli.env['NO_COLOR'] = '1';
    expect((await cli.run('list')).err).toContain('Using the sandbox.\n');
    expect(cli.background).toEqual([]);
  });

  it('does not take the sandbox for the app of a person who has a store', async () => {
    await sandbox();
    writeFileSync(storeFile(cli.home, 'linux'), '');
    cli.installed = false;
    expect(await whoAnswers()).toMatchObject({ exit: 3 });
  });

  it.each([
    ['a command', ['list']],
    ['status', ['status']],
    ['the command without a word', []],
  ])(
    'starts nothing for somebody whose sandbox, which is all they have used, has ended: %s',
    async (_, argv) => {
      mkdirSync(sandboxFolder(cli.home, 'linux'));
      const { code, err } = await cli.run(...argv);
      expect(code).toBe(3);
      expect(err).toContain('the sandbox');
      expect(err).toContain(
        'Start the sandbox again: tokentray serve --sandbox. For your own connections: tokentray serve\n',
      );
      expect(cli.background).toEqual([]);
    },
  );

  it('has the app decide whether there is anything in it, where the sandbox has been used too', async () => {
    mkdirSync(sandboxFolder(cli.home, 'linux'));
    writeFileSync(storeFile(cli.home, 'linux'), '');
    cli.onStartBackground = () => Promise.resolve({ kind: 'exited', code: 3 });
    expect(await whoAnswers()).toMatchObject({
      exit: 3,
      message: 'The sandbox is no longer running, and you have no connections of your own.',
    });
    expect(cli.background.map(({ args }) => args.at(-1))).toEqual(['--only-if-used']);
    await sandbox();
    expect(await whoAnswers()).toMatchObject({
      exit: 3,
      hint: expect.stringContaining('add --sandbox') as string,
    });
  });

  it.each([
    ['after the sandbox was killed', false, true],
    ['at a terminal', true, false],
  ])('says that it started the person’s own %s', async (_, isTTY, killed) => {
    mkdirSync(sandboxFolder(cli.home, 'linux'));
    writeFileSync(storeFile(cli.home, 'linux'), '');
    if (killed) writeFileSync(path.join(sandboxFolder(cli.home, 'linux'), 'lock.json'), '{}');
    cli.stderr.isTTY = isTTY;
    cli.env['NO_COLOR'] = '1';
    cli.onStartBackground = () => {
      void person();
      return new Promise(() => undefined);
    };
    expect((await cli.run('list')).err).toContain(
      'Started the app with your own connections, not the sandbox.\n',
    );
    expect((await cli.run('list')).err).not.toContain('Started');
  });

  it('opens the desktop app and its sandbox when asked to, whatever was used before', async () => {
    mkdirSync(sandboxFolder(cli.home, 'linux'));
    cli.serve = { host: 'electron', program: '/opt/app', args: [], file: cli.serve.file };
    cli.onStartBackground = () => Promise.resolve({ kind: 'exited', code: 1 });
    await cli.run();
    await cli.run('--sandbox');
    expect(cli.background.map(({ args }) => args)).toEqual([['--hidden'], ['--hidden', '--sandbox']]);
  });

  it('never starts the sandbox', async () => {
    expect(await whoAnswers('--sandbox')).toMatchObject({
      exit: 3,
      hint: 'Start it: tokentray serve --sandbox',
    });
    expect(cli.background).toEqual([]);
  });

  it('resolves a relative TOKENTRAY_HOME against our folder', async () => {
    await person();
    cli.cwd = path.dirname(cli.home);
    cli.env['TOKENTRAY_HOME'] = path.basename(cli.home);
    expect(await whoAnswers()).toBe('person');
  });
});

describe('starting the app', () => {
  it('starts an installed desktop app without its window', async () => {
    cli.serve = { host: 'electron', program: '/opt/app', args: [], file: cli.serve.file };
    cli.onStartBackground = () => Promise.resolve({ kind: 'exited', code: 1 });
    await cli.run('list');
    expect(cli.background).toMatchObject([{ command: '/opt/app', args: ['--hidden'] }]);
  });

  it('starts it in the background and asks as soon as it listens', async () => {
    cli.onStartBackground = () => {
      void person();
      return new Promise(() => undefined);
    };
    expect(await whoAnswers()).toBe('person');
    expect(cli.background).toEqual([
      {
        command: '/usr/bin/node',
        args: ['/app/main/serve.js', '--background'],
        env: cli.env,
        captureOutput: true,
      },
    ]);
  });

  it('hands a relative TOKENTRAY_HOME on as an absolute one', async () => {
    cli.cwd = path.dirname(cli.home);
    cli.env['TOKENTRAY_HOME'] = path.basename(cli.home);
    cli.onStartBackground = () => {
      void person();
      return new Promise(() => undefined);
    };
    expect(await whoAnswers()).toBe('person');
    expect(cli.background[0]?.env['TOKENTRAY_HOME']).toBe(cli.home);
  });

  it('waits for the app of another command that made ours end', async () => {
    cli.onStartBackground = () => {
      setTimeout(() => void person(), 20);
      return Promise.resolve({ kind: 'exited', code: 1 });
    };
    cli.clock.sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    expect(await whoAnswers()).toBe('person');
  });

  it.each([
    ['15 s', new Promise<never>(() => undefined), 15_000],
    ['5 s, when it ended with a fault', Promise.resolve({ kind: 'exited', code: 1 } as const), 5000],
    [
      '5 s, when it could not be run',
      Promise.resolve({ kind: 'not-started', code: 'EACCES' } as const),
      5000,
    ],
  ])('gives up after %s', async (_, ended, limitMs) => {
    const started = cli.now;
    cli.onStartBackground = () => ended;
    expect(await whoAnswers()).toEqual({
      exit: 3,
      code: 'not-reachable',
      message: 'The app did not start.',
      hint: 'To see why, run: tokentray serve',
    });
    expect(cli.now - started).toBeGreaterThanOrEqual(limitMs);
    expect(cli.now - started).toBeLessThan(limitMs + 200);
  });

  it('starts it with nothing that was meant for another program', async () => {
    Object.assign(cli.env, { NODE_OPTIONS: '--require ./x.js --inspect', ELECTRON_RUN_AS_NODE: '1' });
    cli.onStartBackground = () => {
      void person();
      return new Promise(() => undefined);
    };
    await whoAnswers();
    expect(cli.background[0]?.env).toEqual({ TOKENTRAY_HOME: cli.home });
  });

  it('says at once, in its words, why it cannot start', async () => {
    const started = cli.now;
    cli.output = `noise\n${JSON.stringify({ error: { code: 'io', message: 'No space.', hint: 'Make some.' } })}\n`;
    cli.onStartBackground = () => Promise.resolve({ kind: 'exited', code: 1 });
    expect(await whoAnswers()).toEqual({
      exit: 3,
      code: 'not-reachable',
      message: 'The app could not start. No space.',
      hint: 'Make some.',
    });
    expect(cli.now - started).toBeLessThan(500);
  });

  it('says at once that this Node is too old for the app', async () => {
    cli.nodeMajor = 20;
    expect(await whoAnswers()).toMatchObject({ exit: 3, hint: 'Run tokentray with Node 24 or newer.' });
    expect(cli.background).toEqual([]);
  });

  it('says what to do when it is not built', async () => {
    cli.installed = false;
    expect(await whoAnswers()).toMatchObject({ hint: 'Build it: npm run build' });
    expect(cli.background).toEqual([]);
  });

  it.each(['status', 'doctor', 'stop'])('is nothing that %s does', async (command) => {
    await cli.run(command);
    expect(cli.background).toEqual([]);
  });

  it('does not start another where something else is in the way', async () => {
    mkdirSync(path.dirname(cli.socket));
    writeFileSync(path.join(cli.home, 'run', 'x'), '');
    cli.env['TOKENTRAY_HOME'] = path.join(cli.home, 'run', 'x');
    expect(await whoAnswers()).toMatchObject({ exit: 3 });
    expect(cli.background).toEqual([]);
  });
});

describe('an app that misbehaves', () => {
  const failure = async () => {
    const { code, err } = await cli.run('list');
    return { code, err };
  };

  it('is not reachable when it ends in the middle of its answer', async () => {
    const core = await person();
    core.raw = (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"connections":[', () => response.destroy());
    };
    expect(await failure()).toEqual({
      code: 3,
      err: expect.stringContaining('The app ended before it answered.') as string,
    });
  });

  it.each([
    ['no JSON', 200, 'secret-value'],
    ['JSON that is no object', 200, '"secret-value"'],
    ['a list', 200, '["secret-value"]'],
    ['nothing', 200, ''],
    ['a refusal without a reason', 500, '{"secret":"secret-value"}'],
    ['a refusal that is none', 500, '{"error":{"code":7,"message":"secret-value"}}'],
    ['a refusal of somebody else', 404, '<html>secret-value</html>'],
  ])('fails clearly when it answers %s, and shows none of it', async (_, status, body) => {
    const core = await person();
    core.raw = (_request, response) => response.writeHead(status).end(body);
    const { code, err } = await failure();
    expect(code).toBe(1);
    expect(err).toContain('sent an answer that Tokentray does not understand');
    expect(err).not.toContain('secret-value');
  });

  it('fails clearly when it is something else altogether', async () => {
    mkdirSync(path.dirname(cli.socket), { recursive: true });
    const server = createServer((socket) =>
      socket
        .resume()
        .on('error', () => undefined)
        .end('220 ready\r\n'),
    );
    await new Promise<void>((resolve) => server.listen(cli.socket, resolve));
    expect(await failure()).toMatchObject({ code: 1 });
    await new Promise((resolve) => server.close(resolve));
  });

  it('is given up when it hangs', async () => {
    const core = await person();
    core.raw = () => undefined;
    cli.callTimeoutMs = 30;
    expect(await failure()).toEqual({
      code: 3,
      err: expect.stringContaining('The app has not answered for 0.03 s.') as string,
    });
  });
});
