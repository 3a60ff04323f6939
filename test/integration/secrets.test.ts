import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT, isolatedEnv, startApp, type CliAnswer, type RunningApp } from '../e2e/support/app.ts';
import { canary, startCanaryProvider, type CanaryProvider, type Mood } from './support/canary-provider.ts';
import { startKeyring, type PrivateKeyring } from './support/keyring.ts';

const CLIENT_SECRET = canary('client-secret');

let keyring: PrivateKeyring;
let provider: CanaryProvider;
let base: string;
let app: RunningApp;
/** All that any process of ours said where secrets have no place. */
const said: string[] = [];

beforeAll(async () => {
  [keyring, provider] = await Promise.all([startKeyring(), startCanaryProvider()]);
  base = mkdtempSync(path.join(tmpdir(), 'tokentray-secrets-'));
  const folder = path.join(base, 'home', 'sandbox', 'providers');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'canary.json'), JSON.stringify(provider.definition));
  app = await start();
});
afterAll(async () => {
  await app.stop();
  await Promise.all([provider.stop(), keyring.stop()]);
  rmSync(base, { recursive: true, force: true });
});

const start = async (): Promise<RunningApp> => {
  const started = await startApp([], { home: path.join(base, 'home'), env: keyring.env, keepHome: true });
  followEvents(started.socket);
  return started;
};

/** Everything that the core tells windows. */
function followEvents(socketPath: string): void {
  request({ socketPath, path: '/v1/events' }, (answer) => {
    answer.on('data', (piece: Buffer) => said.push(piece.toString()));
    answer.on('error', () => undefined);
  })
    .on('error', () => undefined)
    .end();
}

async function cli(args: string[], options: { input?: string } = {}): Promise<CliAnswer> {
  const answer = await app.cli(args, options);
  said.push(answer.stdout, answer.stderr);
  return answer;
}

/** Signs in as a browser would, at a provider that asks nothing. */
async function signIn(args: string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'out/cli/tokentray.cjs'), ...args, '--no-open', '--json'],
    {
      env: { ...isolatedEnv(app.home), ...keyring.env, TOKENTRAY_HOME: app.home },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const lines = createInterface({ input: child.stdout });
  lines.once('line', (line) => {
    const { authorizeUrl } = JSON.parse(line) as { authorizeUrl: string };
    const asked = new URL(authorizeUrl).searchParams;
    const callback = new URL(asked.get('redirect_uri') ?? '');
    callback.searchParams.set('code', provider.newCode());
    callback.searchParams.set('state', asked.get('state') ?? '');
    void fetch(callback).then(async (answer) => said.push(answer.url, await answer.text()));
  });
  lines.on('line', (line) => said.push(line));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** Command lines and environments of every process that runs. */
function processes(): string {
  const texts: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const what of ['cmdline', 'environ']) {
      try {
        texts.push(readFileSync(`/proc/${pid}/${what}`, 'latin1'));
      } catch {
        // It has ended, or is somebody else's.
      }
    }
  }
  return texts.join('\n');
}

/** The canaries that stand in a text, by kind, so that a failure tells none. */
const found = (text: string, secrets: Iterable<string>): string[] =>
  [...secrets].filter((secret) => text.includes(secret)).map((secret) => secret.replace(/-[0-9a-f]+$/, ''));

const everySecret = (): string[] => [...provider.hidden, ...provider.accessTokens, CLIENT_SECRET];

function expectNothingLeft(exported: string): void {
  const secrets = everySecret();
  const files = [...filesUnder(app.home), ...filesUnder(path.join(ROOT, 'out/main'))];
  expect(files.some((file) => file.endsWith('tokentray.db-wal') || file.endsWith('tokentray.db'))).toBe(true);
  for (const file of files) expect([file, found(readFileSync(file, 'latin1'), secrets)]).toEqual([file, []]);
  // Only the export holds anything: the newest access token.
  expect(found(readFileSync(exported, 'utf8'), secrets)).toEqual(['canary-access']);
  expect(statSync(exported).mode & 0o777).toBe(0o600);
  expect(found(processes(), secrets)).toEqual([]);
}

/** What people download and drop, good and bad: nothing of it comes back. */
async function addFromFiles(): Promise<void> {
  const file = path.join(base, 'client.json');
  const id = '"client_id":"canary-app"';
  const texts: [string, number][] = [
    [`{${id},"client_secret":"${CLIENT_SECRET}",`, 1],
    [`{${id},"client_secret":{"value":"${CLIENT_SECRET}"},"__proto__":{"a":"${CLIENT_SECRET}"}}`, 1],
    [`{"type":"service_account","private_key":"${CLIENT_SECRET}"}`, 1],
    [`{"client_id":"${CLIENT_SECRET} ${CLIENT_SECRET}","client_secret":"x"}`, 1],
    [`{${id},"client_secret":"${CLIENT_SECRET}${'x'.repeat(20_000)}"}`, 1],
    [`{"other":[${'['.repeat(10_000)}"${CLIENT_SECRET}"${']'.repeat(10_000)}],${id}}`, 1],
    [`{"client_id":"other-app","client_secret":"${CLIENT_SECRET}"}`, 0],
  ];
  for (const [text, code] of texts) {
    writeFileSync(file, text, { mode: 0o600 });
    const answer = await cli(['clients', 'add', 'canary', '--file', file, '--json']);
    expect([text.slice(0, 40), Math.min(answer.code, 1)]).toEqual([text.slice(0, 40), code]);
  }
  expect((await cli(['clients', 'remove', 'other-app', '--json'])).code).toBe(0);
  rmSync(file);
}

it('no secret is where it was not asked for, from sign-in to kill', { timeout: 120_000 }, async () => {
  const exported = path.join(base, 'kept.env');
  const added = ['clients', 'add', 'canary', '--client-id', 'canary-app', '--json'];
  expect((await cli(added, { input: `${CLIENT_SECRET}\n` })).code).toBe(0);
  await addFromFiles();
  await signIn(['connect', 'canary', '--name', 'kept']);
  // Proof that the search finds what is there.
  const got = await app.cli(['get', 'kept']);
  expect(found(got.stdout, provider.accessTokens)).toEqual(['canary-access']);
  expect((await cli(['export', 'add', exported, '--connection', 'kept', '--json'])).code).toBe(0);
  expectNothingLeft(exported);

  expect((await cli(['refresh', 'kept', '--json'])).code).toBe(0);
  expect(provider.accessTokens).toHaveLength(2);
  for (const mood of ['quotes in a web page', 'cuts its answer', 'quotes in an error'] satisfies Mood[]) {
    provider.mood = mood;
    expect((await cli(['refresh', 'kept', '--json'])).code, mood).not.toBe(0);
    said.push((await app.cli(['get', 'kept', '--min-ttl', '30000'])).stderr);
  }
  provider.mood = 'tokens';
  for (const wrong of [`state=${canary('state')}`, 'error=access_denied']) {
    said.push(await (await fetch(`${app.sandboxUrl}/?code=${provider.newCode()}&${wrong}`)).text());
  }
  const everything = ['list', 'status', 'doctor', 'log', 'clients list', 'export list', 'providers list'];
  for (const command of everything) {
    // One that does not exist would say nothing.
    expect((await cli([...command.split(' '), '--json'])).stdout, command).not.toContain('"usage"');
    await cli(command.split(' '));
  }
  expectNothingLeft(exported);

  // The provider sends back what it was sent, in words, in Base64, and strewn with marks.
  const tested = await cli(['test', 'kept', '--json']);
  expect(tested.stdout).toContain('echo');
  const coded = provider.accessTokens.map((token) => Buffer.from(`Bearer ${token}`).toString('base64'));
  const bare = tested.stdout.replaceAll('\u200B', '');
  expect(found(bare, [...everySecret(), ...coded.map((text) => text.slice(12, 40))])).toEqual([]);
  await cli(['test', 'kept']);
  await cli(['run', '--connection', 'kept', '--', 'true']);
  for (const undone of ['remove kept --yes', 'undo', 'log', 'doctor']) {
    const answer = await cli([...undone.split(' '), '--json']);
    if (undone !== 'doctor') expect([undone, answer.code]).toEqual([undone, 0]);
  }
  expectNothingLeft(exported);

  const killed = once(app.process, 'exit');
  app.process.kill('SIGKILL');
  await killed;
  expectNothingLeft(exported);
  app = await start();
  for (const command of everything) await cli([...command.split(' '), '--json']);
  expectNothingLeft(exported);
  expect(said.join('').length).toBeGreaterThan(5000);
  expect(found(said.join('\n'), everySecret())).toEqual([]);
});

it('nothing of a hostile answer reaches the terminal, a link or the env file as more than text', async () => {
  for (const command of ['list', 'status', 'log', 'export list', 'test kept']) {
    const { stdout, stderr } = await app.cli(command.split(' '));
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    expect(stdout + stderr, command).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  }
  const [connection] = (await app.cli(['list', '--json'])).json() as [Record<string, unknown>];
  expect(JSON.stringify(connection)).not.toContain('javascript:');
  expect(connection).toMatchObject({ site: { url: '' } });
  const lines = readFileSync(path.join(base, 'kept.env'), 'utf8').trimEnd().split('\n');
  expect(lines.filter((line) => /^# (>>>|<<<)/.test(line))).toEqual([lines[0], lines.at(-1)]);
  for (const line of lines.slice(1, -1)) expect(line).toMatch(/^ATLASSIAN_[A-Z_]+=/);
});
