import { constants } from 'node:os';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aSignIn } from '../fakes/window-data.ts';
import { commandLine, says, type Started } from './support/command-line.ts';

const line = commandLine();
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const inNode = (...args: string[]): string[] => [process.execPath, line.program, ...args];
/** As words of a shell. */
const asText = (words: readonly string[]): string => words.map((word) => quoted(word)).join(' ');

/** Says each signal that it gets, and ends on the third INT or when told to by TERM. */
const LISTENER = `
  const seen = {};
  for (const name of Object.keys(require('os').constants.signals)) {
    if (['SIGKILL', 'SIGSTOP', 'SIGCHLD', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'].includes(name)) continue;
    try { process.on(name, () => {
      console.log('got ' + name + ' ' + (seen[name] = (seen[name] ?? 0) + 1));
      if (name === 'SIGTERM') setTimeout(() => process.exit(7), 300);
    }); } catch {}
  }
  console.log('ready ' + process.pid); setInterval(() => {}, 1e5);`;

/** A loop of three rounds in each shell, and what says that it went on after the first. */
const LOOPS: readonly (readonly [
  shell: string,
  args: readonly string[],
  loop: (command: string) => string,
])[] = [
  ['bash', ['--norc', '--noprofile'], (command) => `for i in 1 2 3; do echo round-$i; ${command}; done`],
  ['dash', [], (command) => `for i in 1 2 3; do echo round-$i; ${command}; done`],
  ['zsh', ['-f'], (command) => `for i in 1 2 3; do echo round-$i; ${command}; done`],
  ['fish', ['--no-config'], (command) => `for i in 1 2 3; echo round-$i; ${command}; end`],
];

const inShell = (shell: string, args: readonly string[], script: string): Started =>
  line.terminal(`exec ${asText([shell, ...args, '-c', script])}`);

/** The native client becomes the command; that of Node has to behave as if it had (docs/decisions/0010). */
describe.each(['Node', 'native'])('the %s client:', (client) => {
  const words = (...args: string[]): string[] =>
    client === 'native' ? [line.native, ...args] : inNode(...args);
  const tokentray = (...args: string[]): string => asText(words(...args));
  const start = (...args: string[]): Started => {
    const [program = '', ...rest] = words(...args);
    return line.start(program, rest);
  };

  beforeAll(() => {
    line.copyNative();
  });
  beforeEach(() => {
    // What works without it was not left to Node.
    if (client === 'native') line.env['TOKENTRAY_NODE'] = '/nowhere/node';
  });

  describe('a command that ends by a signal', () => {
    it.each(['SIGTERM', 'SIGINT', 'SIGKILL', 'SIGHUP', 'SIGUSR1', 'SIGPIPE', 'SIGQUIT', 'SIGABRT'] as const)(
      'makes us end by %s',
      async (signal) => {
        const { ended } = start('run', '--', 'sh', '-c', `kill -${constants.signals[signal]} $$`);
        expect(await ended).toMatchObject({ code: null, signal });
      },
    );

    it('is not to be mistaken for one that ends with a code', async () => {
      expect(await start('run', '--', 'sh', '-c', 'exit 130').ended).toMatchObject({ code: 130 });
    });
  });

  describe('a signal to us alone', () => {
    // A process that became the command needs no more than to be tried.
    const passed =
      client === 'native'
        ? ['INT', 'PIPE']
        : ['INT', 'QUIT', 'HUP', 'USR1', 'USR2', 'WINCH', 'PIPE', 'ALRM', 'CONT', 'ABRT', 'URG'];

    it.each(passed)('reaches the command: %s', async (name) => {
      const { child, ended } = start('run', '--', process.execPath, '-e', LISTENER);
      await says(child, 'ready');
      const got = says(child, `got SIG${name === 'ABRT' ? 'ABRT' : name}`);
      child.kill(`SIG${name}` as NodeJS.Signals);
      await got;
      child.kill('SIGTERM');
      expect(await ended).toMatchObject({ code: 7, signal: null });
    });

    it.each(client === 'native' ? ['INT'] : ['INT', 'USR1', 'WINCH', 'TERM'])(
      'reaches it once, in the foreground of a terminal too: %s',
      async (name) => {
        const { child, ended } = line.terminal(
          `${tokentray('run', '--', process.execPath, '-e', LISTENER)} & us=$!; sleep 1.5; kill -${name} $us; sleep 0.5; kill -TERM $us; wait $us; echo code $?`,
        );
        await says(child, 'code');
        const { out } = await ended;
        expect(out).toContain(`got SIG${name} 1`);
        if (name !== 'TERM') expect(out).not.toContain(`got SIG${name} 2`);
        expect(out).toContain('code 7');
      },
    );
  });

  describe('a signal to the whole group', () => {
    it.each([
      ['Ctrl-C', '\u0003', 'SIGINT'],
      ['Ctrl-\\', '\u001c', 'SIGQUIT'],
    ])('by %s at a terminal reaches the command once', async (_, key, signal) => {
      const { child, ended } = line.terminal(
        `exec ${tokentray('run', '--', process.execPath, '-e', LISTENER)}`,
      );
      await says(child, 'ready');
      await new Promise((resolve) => setTimeout(resolve, 300));
      let said = '';
      child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
      for (const presses of [1, 2, 3]) {
        child.stdin.write(key);
        await expect.poll(() => said).toContain(`got ${signal} ${presses}`);
        // Long enough for one more that should not come.
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(said).not.toContain(`got ${signal} ${presses + 1}`);
      }
      child.kill('SIGKILL');
      await ended;
    });
  });

  describe.each(LOOPS)('a loop in %s', (shell, args, loop) => {
    it('ends on Ctrl-C, though each round is a command of its own', async () => {
      const { child, ended } = inShell(
        shell,
        args,
        loop(tokentray('run', '--', 'sh', '-c', 'echo begun; exec sleep 20')),
      );
      await says(child, 'begun');
      await new Promise((resolve) => setTimeout(resolve, 200));
      child.stdin.write('\u0003');
      const { out } = await ended;
      expect(out).toContain('round-1');
      expect(out).not.toContain('round-2');
    });

    it('goes on after a round that fails', async () => {
      const { ended } = inShell(shell, args, loop(tokentray('run', '--', 'sh', '-c', 'exit 3')));
      expect((await ended).out).toContain('round-3');
    });
  });

  describe('job control', () => {
    it('sees that the command was stopped by Ctrl-Z, and lets it go on', async () => {
      const { child, ended } = line.terminal(`exec bash --norc --noprofile -i`);
      await says(child, 'bash');
      child.stdin.write(`${tokentray('run', '--', 'sh', '-c', 'echo be""gun; sleep 2; echo fin""ished')}\r`);
      await says(child, 'begun');
      // A shell that is just starting its command cannot be stopped yet.
      await new Promise((resolve) => setTimeout(resolve, 300));
      child.stdin.write('\u001a');
      await says(child, 'Stopped');
      child.stdin.write('jobs; fg\r');
      await says(child, 'finished');
      child.stdin.write('exit\r');
      expect((await ended).out).toMatch(/Stopped[^]*finished/);
    });

    it('stops with a command that SIGTSTP to us alone stopped, and goes on with SIGCONT', async () => {
      const { child, ended } = line.terminal(`exec bash --norc --noprofile -i`);
      await says(child, 'bash');
      child.stdin.write(
        `${tokentray('run', '--', 'sh', '-c', 'echo be""gun; sleep 2; echo fin""ished')} &\r`,
      );
      await says(child, 'begun');
      child.stdin.write('sleep 0.3; kill -TSTP $!; sleep 0.5; jobs\r');
      await says(child, 'Stopped');
      child.stdin.write('kill -CONT $!\r');
      await says(child, 'finished');
      child.stdin.write('exit\r');
      expect((await ended).out).toMatch(/Stopped[^]*finished/);
    });
  });
});

describe.each(LOOPS)('a loop in %s', (shell, args, loop) => {
  it('ends on Ctrl-C in a sign-in, which is cancelled first', async () => {
    const view = aSignIn(1, Date.now());
    line.core.answers['sign-in.start'] = () => view;
    line.core.answers['sign-in.wait'] = () => new Promise<never>(() => undefined);
    line.core.answers['sign-in.cancel'] = () => view;
    const { child, ended } = inShell(shell, args, loop(asText(inNode('connect', 'atlassian'))));
    await says(child, 'Ctrl-C cancels');
    child.stdin.write('\u0003');
    const { out } = await ended;
    expect(out).not.toContain('round-2');
    expect(line.core.inputs('sign-in.cancel')).toHaveLength(1);
  });
});

describe('SIGUSR1', () => {
  it('opens no debugger in any command, and ends one that only waits', async () => {
    line.core.answers['sign-in.start'] = () => new Promise<never>(() => undefined);
    line.core.answers['connections.list'] = () => new Promise<never>(() => undefined);
    const { child, ended } = line.tokentray('list');
    await expect.poll(() => line.core.calls.length).toBe(1);
    child.kill('SIGUSR1');
    expect(await ended).toMatchObject({ signal: 'SIGUSR1', err: '' });
  });

  it('opens none in the wrapper', async () => {
    const { child, ended } = line.tokentray('run', '--', process.execPath, '-e', LISTENER);
    await says(child, 'ready');
    child.kill('SIGUSR1');
    await says(child, 'got SIGUSR1 1');
    child.kill('SIGTERM');
    expect((await ended).err).not.toContain('Debugger');
  });
});

it('ends by the same signal in a checkout, through the scripts of npm', async () => {
  const { ended } = line.start('npm', [
    ...['--prefix', process.cwd(), 'run', '-s', 'tokentray', '--'],
    ...['run', '--', 'sh', '-c', 'kill -TERM $$'],
  ]);
  // What npm makes of a signal; without one it would say 143.
  const { code, signal } = await ended;
  expect(signal ?? code).toSatisfy((end) => end === 'SIGTERM' || end === 143);
  const { ended: direct } = line.start(
    process.execPath,
    [...['build/run.mjs', 'tokentray', 'run', '--', 'sh', '-c', 'kill -INT $$']],
    process.cwd(),
  );
  expect(await direct).toMatchObject({ signal: 'SIGINT' });
});
