import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isolatedEnv, ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';
import { Terminals } from './support/terminals.ts';

let app: RunningApp;
let terminals: Terminals | undefined;
const type = (name: string, command: string): Promise<string> =>
  terminals?.type(name, command) ?? Promise.reject(new Error('no terminals'));
const folder = (name: string): string => path.join(app.home, 'work', name);
const file = (name: string): string => readFileSync(path.join(folder(name), '.env'), 'utf8');

beforeAll(async () => {
  app = await startApp();
  for (const [account, site] of [
    ['ana', 'acme'],
    ['ben', 'beta'],
  ] as const)
    expect(await connect(app, { account, sites: [site] }, ['--name', site])).toHaveProperty('connection');
  const bin = path.join(app.home, 'bin');
  mkdirSync(bin);
  const program = path.join(ROOT, 'out/cli/tokentray.cjs');
  writeFileSync(path.join(bin, 'tokentray'), `#!/bin/sh\nexec "${process.execPath}" -- "${program}" "$@"\n`);
  chmodSync(path.join(bin, 'tokentray'), 0o755);
  const env = isolatedEnv(app.home);
  terminals = new Terminals(app.home, {
    ...env,
    TOKENTRAY_SANDBOX: '1',
    PATH: `${bin}:${env['PATH'] ?? ''}`,
  });
  const shells = { acme: 'bash --norc', beta: 'zsh', free: 'fish --no-config' };
  for (const [name, shell] of Object.entries(shells)) {
    mkdirSync(path.join(folder(name), 'src'), { recursive: true });
    await terminals.open(name, shell, folder(name));
  }
}, 60_000);
afterAll(async () => {
  await terminals?.close();
  await app.stop();
});

/** What each way of asking says in a terminal, without a name. */
const asked = async (name: string): Promise<string[]> => {
  const commands = [
    'tokentray get --field site_url',
    `tokentray run -- sh -c 'echo $ATLASSIAN_SITE_URL'`,
    'tokentray env | grep ATLASSIAN_SITE_URL | tr -d "\'\\""',
  ];
  return (await type(name, commands.join('; '))).replaceAll('ATLASSIAN_SITE_URL=', '').split('\n');
};
const everyWay = (site: string): string[] => Array<string>(3).fill(`https://${site}.atlassian.net`);

it('a switch in the tray changes only the shells and files that follow the active connection', async () => {
  expect(await type('acme', 'tokentray use acme --here')).toContain('Here: acme');
  expect(await type('beta', 'tokentray use beta --here --shared && cd src')).toContain('Here: beta');
  for (const name of ['acme', 'free'])
    expect(await type(name, 'tokentray export add .env')).toContain('Written');
  expect((await app.cli(['use', 'acme'])).code).toBe(0);
  expect([await asked('acme'), await asked('beta'), await asked('free')]).toEqual([
    everyWay('acme'),
    everyWay('beta'),
    everyWay('acme'),
  ]);

  // What the tray's menu does.
  expect((await app.cli(['use', 'beta'])).code).toBe(0);
  await expect.poll(() => file('free')).toContain('beta.atlassian.net');
  expect(file('acme')).toContain('acme.atlassian.net');
  expect([await asked('acme'), await asked('beta'), await asked('free')]).toEqual([
    everyWay('acme'),
    everyWay('beta'),
    everyWay('beta'),
  ]);
  expect(await type('acme', 'tokentray status 2>&1 | tail -n 1')).toBe(
    `Here: acme (from ${path.join(folder('acme'), '.tokentray')})`,
  );
}, 60_000);

it('a branch of a repository brings its own binding, for shells and for files', async () => {
  const git = 'git -c user.name=ana -c user.email=ana@acme.example';
  const steps = [
    `git init -q -b main && git add .tokentray && ${git} commit -qm 1 && git checkout -q -b other`,
    `tokentray use beta --here --shared && ${git} commit -qam 2 && git checkout main`,
  ];
  for (const step of steps) await type('acme', step);
  await expect.poll(() => file('acme')).toContain('acme.atlassian.net');
  await type('acme', 'git checkout -q other');
  expect(await asked('acme')).toEqual(everyWay('beta'));
  await expect.poll(() => file('acme')).toContain('beta.atlassian.net');
}, 60_000);

it('removes at a terminal only what the person agrees to, after saying what breaks', async () => {
  const question = 'Remove “beta” and its tokens? [y/N]';
  const refused = await terminals?.type('beta', 'tokentray remove beta', { question, answer: '' });
  expect(refused).toContain('Nothing was removed.');
  expect(refused).toContain('Folders that are bound to it:');
  expect(refused).toContain(path.join(folder('beta'), '.tokentray'));
  expect(await type('beta', 'tokentray remove beta < /dev/null; echo exit $?')).toContain('exit 2');
  expect(await type('beta', 'tokentray list')).toContain('beta');
  expect(await terminals?.type('beta', 'tokentray remove beta', { question, answer: 'y' })).toContain(
    'Removed “beta”.',
  );
  expect(await type('beta', 'tokentray remove beta --yes; echo exit $?')).toContain('exit 5');
}, 60_000);

it('a folder of a connection that is gone says so, and gives nothing else', async () => {
  const said = await type('beta', 'tokentray get; echo code $?');
  expect(said).toContain('binds this folder to the site beta.atlassian.net');
  expect(said).toMatch(/connect .*atlassian --site beta\.atlassian\.net/);
  expect(said).toContain('code 5');
  expect(await asked('free')).toEqual(everyWay('acme'));
}, 60_000);
