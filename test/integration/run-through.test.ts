import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, isolatedEnv, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';

const CLOUD = '11111111-a5e1-4c3e-9b6a-0000000ac3e0';
const MYSELF = `/ex/jira/${CLOUD}/rest/api/3/myself`;

/** Root has to say that it knows. */
const ISOLATED = process.getuid?.() === 0 ? '--isolated-as-root' : '--isolated';

let app: RunningApp;
let name: string;
/** Everything of the connection that is secret. */
let token: string;

beforeAll(async () => {
  app = await startApp();
  const connected = await connect(app);
  if ('error' in connected) throw new Error(connected.error.message);
  ({ name } = connected.connection);
  token = (await app.cli(['get'])).stdout.trim();
});
afterAll(() => app.stop());

const sh = (through: string[], script: string) =>
  app.cli(['run', name, ...through, '--', 'sh', '-c', script]);

describe.each([
  [
    '--gateway',
    'curl -sS -i -H "Authorization: Bearer $ATLASSIAN_ACCESS_TOKEN" "$ATLASSIAN_JIRA_API_URL/rest/api/3/myself"',
  ],
  ['--proxy', `curl -sS -i "https://api.atlassian.com${MYSELF}"`],
])('%s', (through, ask) => {
  it('asks with the credential', async () => {
    const { code, stdout, stderr } = await sh([through], ask);
    expect(stderr).toBe('');
    expect(stdout).toContain('ana@acme.example');
    expect(code).toBe(0);
  });

  it('shows the credential nowhere: environment, files, /proc, answers, errors', async () => {
    const { stdout } = await sh(
      [through],
      `${ask}; ${ask}/nothing; env; cat /proc/self/environ /proc/$PPID/environ /proc/$PPID/cmdline /proc/self/cmdline | tr '\\0' '\\n'; cat "$TOKENTRAY_HOME"/run/*.pem "$TOKENTRAY_HOME"/sandbox/run/*.pem 2>&1; grep -ac . "$TOKENTRAY_HOME"/sandbox/tokentray.db*; cat "$TOKENTRAY_HOME"/sandbox/logs/* "$TOKENTRAY_HOME"/sandbox/tokentray.db* 2>&1`,
    );
    expect(stdout).toContain('ana@acme.example');
    expect(stdout).not.toContain(token);
    expect(stdout).not.toContain(token.slice(-40));
  });

  it('only reads when told so', async () => {
    const { stdout } = await sh([through, '--read-only'], `${ask} -X DELETE`);
    expect(stdout).toMatch(/HTTP\/1.1 403 /);
    expect(stdout).toContain('errorMessages');
  });

  it('leaves no key behind when the command line is killed', async () => {
    const child = spawn(
      process.execPath,
      [
        path.join(ROOT, 'out/cli/tokentray.cjs'),
        'run',
        name,
        through,
        '--',
        'sh',
        '-c',
        'echo $$; exec sleep 60',
      ],
      { env: isolatedEnv(app.home), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    const runs = async () =>
      (
        (await app.cli(['gateway', 'list', '--json'])).json() as { consumers: { kind: string }[] }
      ).consumers.filter(({ kind }) => kind === 'run').length;
    expect(await runs()).toBe(1);
    child.kill('SIGKILL');
    await expect.poll(runs).toBe(0);
    process.kill(Number(first.toString()));
  });

  it('isolated: reaches the API, and nothing else', async () => {
    const { code, stdout, stderr } = await sh(
      [through, ISOLATED],
      `${ask}; echo; id -u; ls -A "$TOKENTRAY_HOME" 2>&1; umount "$TOKENTRAY_HOME" /tmp 2>&1; ls -A "$TOKENTRAY_HOME" 2>&1; ` +
        `curl -sS --noproxy '*' -m 3 ${app.sandboxUrl}/ 2>&1; ` +
        `"${process.execPath}" "${path.join(ROOT, 'out/cli/tokentray.cjs')}" get --sandbox 2>&1; exit 7`,
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('ana@acme.example');
    expect(stdout).toContain(`\n${process.getuid?.()}\n`);
    expect(stdout).not.toContain('tokentray.db');
    expect(stdout).toMatch(/curl: \(7\)/);
    expect(stdout).not.toContain(token.slice(-40));
    expect(code).toBe(7);
  });

  it('isolated: ends as the command does, by a signal too', async () => {
    const ended = await sh([through, ISOLATED], 'ls -d /tmp/tokentray-run-*; kill -TERM $$');
    expect(ended.code).toBe(-1);
    const folder = ended.stdout.trim();
    expect([folder, existsSync(folder)]).toEqual([
      expect.stringMatching(/^\/tmp\/tokentray-run-\w+$/),
      false,
    ]);
    expect((await app.cli(['run', name, through, ISOLATED, '--', 'no-such-command'])).code).toBe(127);
  });
});

/** On a terminal of its own; what is written to it is typed. */
function atTerminal(command: string) {
  const run = `"${process.execPath}" "${path.join(ROOT, 'out/cli/tokentray.cjs')}" run ${name} --proxy ${ISOLATED} --`;
  const child = spawn(
    'script',
    ['--quiet', '--return', '--command', command.replace('RUN', run), '/dev/null'],
    { env: { ...isolatedEnv(app.home), SHELL: '/bin/bash' } },
  );
  let out = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  return { child, ended: once(child, 'close'), out: () => out };
}

it('isolated: what it types into the terminal is not run outside', async () => {
  // TIOCSTI puts a character into a terminal's input.
  const perl = 'ioctl(STDIN, 0x5412, my $each = $_) for split //, "typed\\n"';
  const { ended, out } = atTerminal(`RUN perl -e '${perl}'; read -r -t 1 line; echo "next: [$line]"`);
  await ended;
  expect(out()).toContain('next: []');
});

it('isolated: Ctrl-C reaches it', async () => {
  const { child, ended, out } = atTerminal(
    `RUN sh -c 'trap "echo interrupted; exit 3" INT; echo ready; while :; do sleep 0.1; done'`,
  );
  await expect.poll(out, { timeout: 20_000 }).toContain('ready');
  child.stdin.write('\x03');
  expect(await ended).toEqual([3, null]);
  expect(out()).toContain('interrupted');
});

it('names the way out for a tool whose addresses are fixed', async () => {
  const { code, stderr } = await app.cli([
    'run',
    name,
    '--gateway',
    '--preset',
    'mcp-atlassian',
    '--',
    'true',
  ]);
  expect(code).toBe(1);
  expect(stderr).toContain('--proxy');
});

it('keys: added, listed, changed, removed', async () => {
  const added = await app.cli(['gateway', 'add', name, '--name', 'script', '--read-only', '--json']);
  const { key, addresses } = added.json() as { key: string; addresses: { api: string; url: string }[] };
  const jira = addresses.find(({ api }) => api === 'jira');
  const ask = (method: string) =>
    fetch(`${jira?.url}/rest/api/3/myself`, { method, headers: { authorization: `Bearer ${key}` } });
  expect((await ask('GET')).status).toBe(200);
  expect((await ask('DELETE')).status).toBe(403);
  const { stdout } = await app.cli(['gateway', 'list']);
  expect(stdout).toContain('script');
  expect(stdout).not.toContain(key);
  expect((await app.cli(['gateway', 'change', 'script', '--refuse', 'read'])).code).toBe(0);
  expect((await ask('GET')).status).toBe(403);
  expect((await app.cli(['gateway', 'requests'])).stdout).toContain('/rest/api/3/myself');
  expect((await app.cli(['gateway', 'usage'])).stdout).toContain('script');
  expect((await app.cli(['gateway', 'operations'])).stdout).toContain('jira.');
  expect((await app.cli(['gateway', 'remove', 'script'])).code).toBe(0);
  // The door may be closed, now that nobody can use it.
  expect((await ask('GET').catch(() => null))?.status ?? 401).toBe(401);
});
