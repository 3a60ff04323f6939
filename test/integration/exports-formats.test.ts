import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { load as loadYaml } from 'js-yaml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT, isolatedEnv, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from './support/connect.ts';
import { githubRules } from './support/env-rules.ts';
import { run } from './support/run.ts';

let app: RunningApp;
let folder: string;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tokentray-formats-'));
  app = await startApp();
  await connect(app, { sites: ['acme'] }, ['--name', 'acme']);
  token = (await app.cli(['get', 'acme'])).stdout.trim();
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a line of a shell in which `tokentray` is the command line of this checkout. */
function line(shell: string, text: string, env: NodeJS.ProcessEnv = {}) {
  const program = path.join(ROOT, 'out/cli/tokentray.cjs');
  const command = `tokentray() { "${process.execPath}" "${program}" "$@"; }`;
  const inFish = `function tokentray; "${process.execPath}" "${program}" $argv; end`;
  const args = shell === 'fish' ? ['--no-config', '-c', `${inFish}\n${text}`] : ['-c', `${command}\n${text}`];
  return run(shell, args, { env: { ...isolatedEnv(app.home), ...env }, cwd: folder });
}

it.each([
  ['bash', 'eval "$(tokentray env --format bash)"; printf %s "$ATLASSIAN_ACCESS_TOKEN"'],
  ['zsh', 'eval "$(tokentray env --format bash)"; printf %s "$ATLASSIAN_ACCESS_TOKEN"'],
  ['fish', 'tokentray env --format fish | source; printf %s $ATLASSIAN_ACCESS_TOKEN'],
  [
    'sh',
    'tokentray env --format bare > bare.env; env $(cat bare.env) sh -c \'printf %s "$ATLASSIAN_ACCESS_TOKEN"\'',
  ],
])('the line of the guide works in %s: %s', async (shell, text) => {
  expect(await line(shell, text)).toEqual({ code: 0, stdout: token, stderr: '' });
});

it('a step of GitHub Actions gets the variables, and the log the masks', async () => {
  const file = path.join(folder, 'github-env');
  const { code, stdout, stderr } = await line(
    'bash',
    'tokentray env --format github-actions >> "$GITHUB_ENV"',
    {
      GITHUB_ENV: file,
    },
  );
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: `::add-mask::${token}\n` });
  expect(githubRules(readFileSync(file, 'utf8'), false)).toMatchObject({ ATLASSIAN_ACCESS_TOKEN: token });
});

it('a template of one’s own gives files, pipes and what is printed, but no variables to a command', async () => {
  const template = path.join(folder, 'settings.tmpl');
  writeFileSync(template, 'token: {{ connection.access_token | json }}\n');
  expect((await app.cli(['presets', 'add', template, '--yes'])).code).toBe(0);
  const rendered = `token: ${JSON.stringify(token)}\n`;
  const preset = ['--preset', 'settings'];
  expect(await app.cli(['env', ...preset])).toMatchObject({ code: 0, stdout: rendered });
  const [file, pipe] = [path.join(folder, 'settings.json'), path.join(folder, 'settings.pipe')];
  const added = await app.cli(['export', 'add', file, ...preset, '--in-place', '--json']);
  expect(added.json()).toMatchObject({ format: 'template', mode: 'whole', inPlace: true });
  expect(readFileSync(file, 'utf8')).toBe(rendered);
  expect((await app.cli(['export', 'add', pipe, ...preset, '--pipe'])).code).toBe(0);
  expect(await line('bash', `cat ${pipe}`)).toMatchObject({ code: 0, stdout: rendered });
  const checked = await app.cli(['export', 'check', file, '--json']);
  expect(checked.json()).toMatchObject([{ variables: [], lastRead: { state: 'read' } }]);
  for (const refused of [
    ['run', ...preset, '--', 'true'],
    ['run', 'acme', '--mask', ...preset, '--', 'true'],
    ['export', 'add', path.join(folder, 'x.yaml'), ...preset, '--format', 'yaml'],
    ['env', ...preset, '--format', 'dotenv'],
  ]) {
    const { code, stderr } = await app.cli(refused);
    expect([refused, code]).toEqual([refused, 1]);
    expect(stderr).toContain('export add FILE --preset settings');
  }
});

it('direnv gets the token from a file beside the .envrc, which stays allowed when the token changes', async () => {
  const project = path.join(folder, 'project');
  const home = path.join(folder, 'direnv');
  mkdirSync(project, { recursive: true });
  const refused = await app.cli(['export', 'add', path.join(project, '.envrc')]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('export add .env.tokentray --format direnv');
  const file = path.join(project, '.env.tokentray');
  expect((await app.cli(['export', 'add', file, '--format', 'direnv'])).code).toBe(0);
  // The line of the hint.
  writeFileSync(path.join(project, '.envrc'), 'dotenv .env.tokentray\n');
  const env = { PATH: process.env['PATH'], HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  const direnv = (...args: string[]) => run('direnv', args, { env, cwd: project });
  expect((await direnv('allow', project)).code).toBe(0);
  const read = async () =>
    (await direnv('exec', project, 'sh', '-c', 'printf %s "$ATLASSIAN_ACCESS_TOKEN"')).stdout;
  expect(await read()).toBe(token);
  const before = token;
  expect((await app.cli(['refresh', 'acme'])).code).toBe(0);
  token = (await app.cli(['get', 'acme'])).stdout.trim();
  expect(token).not.toBe(before);
  await app.cli(['export', 'write']);
  expect(await read()).toBe(token);
});

it('the name of a file says its format, and the answer says which', async () => {
  const file = path.join(folder, 'tokens.yaml');
  const added = await app.cli(['export', 'add', file, '--json']);
  expect(added.json()).toMatchObject({ format: 'yaml', mode: 'whole', status: { state: 'written' } });
  expect(loadYaml(readFileSync(file, 'utf8'))).toMatchObject({ ATLASSIAN_ACCESS_TOKEN: token });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('curl logs in with a .netrc of ours, beside an entry of the person’s', async () => {
  const { dataCenter } = (await app.sandbox('credentials')) as {
    dataCenter: { provider: string; url: string; username: string; password: string }[];
  };
  const server = dataCenter.find(({ provider }) => provider === 'jira-data-center');
  if (server === undefined) throw new Error('The sandbox plays no Jira Data Center.');
  const options = ['--method', 'basic', '--url', server.url, '--email', server.username, '--name', 'server'];
  const connected = await app.cli(['connect', 'jira-data-center', ...options, '--json'], {
    input: server.password,
  });
  expect(connected.code).toBe(0);
  const file = path.join(folder, '.netrc');
  writeFileSync(file, 'machine other.example login a password b', { mode: 0o600 });
  const added = await app.cli(['export', 'add', file, '--connection', 'server', '--json']);
  expect(added.json()).toMatchObject({ format: 'netrc', mode: 'block' });
  const url = `${server.url}/rest/api/2/myself`;
  const curl = (...args: string[]) =>
    run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', ...args, url], {});
  expect((await curl()).stdout).toBe('401');
  expect((await curl('--netrc-file', file)).stdout).toBe('200');
  // A Bearer token is none of these.
  const refused = await app.cli(['export', 'add', path.join(folder, '_netrc'), '--connection', 'acme']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('Bearer');
});
