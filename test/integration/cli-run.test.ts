import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { aConnection } from '../fakes/window-data.ts';
import { commandLine, says } from './support/command-line.ts';

const line = commandLine();
const TOKEN = 'a b$c-token/that+is=long';
const OTHER = 'another-token-0123456789';
const node = (script: string): string[] => [process.execPath, '-e', script];

/** What the connection gives from now on; those who watch hear of it. */
function give(token: string): void {
  line.core.answers['credentials.env'] = ({ connection }) => ({
    connection: { ...aConnection(1, 0), name: connection ?? 'acme' },
    variables: [{ name: 'ATLASSIAN_ACCESS_TOKEN', value: token, secret: true }],
    text: '',
    expiresAt: null,
  });
  line.core.emit({ type: 'connection', connection: aConnection(1, Date.now()) });
}

describe('run --mask', () => {
  const masked = (...command: string[]) => {
    give(TOKEN);
    return line.tokentray('run', '--mask', '--', ...command);
  };

  it('hides the secret in both outputs, also where it comes in pieces, and ends as the command does', async () => {
    const { ended } = masked(
      ...node(`
        const token = process.env.ATLASSIAN_ACCESS_TOKEN;
        process.stderr.write('err ' + token + '\\n');
        process.stdout.write('Basic ' + Buffer.from('ana:' + token).toString('base64') + '\\n');
        const rest = ['out ' + token.slice(0, 9), token.slice(9, 12), token.slice(12) + ' end'];
        const next = () => { process.stdout.write(rest.shift()); if (rest.length > 0) setTimeout(next, 100); else process.exitCode = 7; };
        next();`),
    );
    const { code, out, err } = await ended;
    expect([code, err]).toEqual([7, 'err •••\n']);
    expect(out).toMatch(/^Basic \S{1,6}•••\nout ••• end$/);
  });

  it('changes nothing else: bytes, a prompt without a line end, the signal that ends it', async () => {
    give(TOKEN);
    const { code } = await line.shell(
      `head -c 3000000 /dev/urandom > bytes; "$0" "$1" run --mask -- cat bytes > copy; cmp bytes copy`,
    );
    expect(code).toBe(0);
    const { child, ended } = masked('sh', '-c', 'printf "Continue? a"; read answer; kill -TERM $$');
    // The secret begins with the same letter.
    await says(child, 'Continue? a');
    child.stdin.write('\n');
    expect(await ended).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  it('stops a flood that nobody reads any more, and does not wait for what is left running', async () => {
    give(TOKEN);
    const flood = await line.shell(
      `"$0" "$1" run --mask -- yes "$(printf 'x%.0s' $(seq 100))" | head -n 2 | wc -l`,
    );
    expect(flood.out.trim()).toBe('2');
    const before = Date.now();
    const { ended } = masked('sh', '-c', 'sleep 30 & echo "left $!"');
    const { code, out } = await ended;
    process.kill(Number(out.split(' ')[1]), 'SIGKILL');
    expect(code).toBe(0);
    expect(Date.now() - before).toBeLessThan(15_000);
  });

  it('hands on what a slow reader has not taken yet', async () => {
    give(TOKEN);
    const { out } = await line.shell(`"$0" "$1" run --mask -- head -c 1000000 /dev/zero | (sleep 2; wc -c)`);
    expect(out.trim()).toBe('1000000');
  });
});

it('run --env-file reads a pipe as well as a file, and says what it cannot read', async () => {
  give(TOKEN);
  writeFileSync(path.join(line.home, '.env'), 'MINE="one two"\nATLASSIAN_ACCESS_TOKEN=old\n');
  const { out } = await line.shell(
    `"$0" -- "$1" run --env-file .env --env-file <(sleep 0.2; echo PIPED=yes) -- sh -c 'echo "$MINE $PIPED $ATLASSIAN_ACCESS_TOKEN"'`,
  );
  expect(out).toBe(`one two yes ${TOKEN}\n`);
  const folder = await line.tokentray('run', '--env-file', line.home, '--', 'true').ended;
  expect(folder).toMatchObject({ code: 1, err: expect.stringContaining('it is a folder') as string });
});

describe('run --watch', () => {
  it('ends the command with all that it started, and starts it with the new token; one that ignores that is killed', async () => {
    give(TOKEN);
    const file = path.join(line.home, 'server.sh');
    // Its own child is the one that does the work, as with npm.
    writeFileSync(
      file,
      'trap "exit 3" USR1\n(trap "echo ended; exit" TERM; echo "worker $ATLASSIAN_ACCESS_TOKEN"; while :; do sleep 0.1; done) &\nwhile :; do sleep 0.1; done\n',
    );
    chmodSync(file, 0o700);
    const { child, ended } = line.tokentray('run', '--watch', '--', 'sh', file);
    const stubborn = line.tokentray(
      'run',
      '--watch',
      '--',
      'sh',
      '-c',
      'trap "" TERM; echo "stubborn $ATLASSIAN_ACCESS_TOKEN"; while :; do sleep 0.1; done',
    );
    await Promise.all([says(child, `worker ${TOKEN}`), says(stubborn.child, `stubborn ${TOKEN}`)]);
    await expect.poll(() => line.core.listeners).toBe(2);
    const again = Promise.all([says(child, `worker ${OTHER}`), says(stubborn.child, `stubborn ${OTHER}`)]);
    give(OTHER);
    await again;
    child.kill('SIGUSR1');
    stubborn.child.kill('SIGQUIT');
    const [first, second] = await Promise.all([ended, stubborn.ended]);
    expect(first).toMatchObject({ code: 3 });
    expect(first.out.match(/ended/g)).toHaveLength(1);
    expect(second).toMatchObject({ signal: 'SIGQUIT' });
  });

  it('Ctrl-C at a terminal ends both, and a shell sees that', async () => {
    give(TOKEN);
    const pids = path.join(line.home, 'pid');
    const { child, ended } = line.terminal(
      `bash -c 'for i in 1 2; do echo round-$i; "${process.execPath}" "${line.program}" run --watch -- sh -c "echo \\$\\$ > ${pids}; echo up; exec sleep 100"; done'`,
    );
    await says(child, 'up');
    await expect.poll(() => line.core.listeners).toBe(1);
    child.stdin.write('\u0003');
    const { out } = await ended;
    expect(out).not.toContain('round-2');
    const pid = Number(readFileSync(pids, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
