import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../e2e/support/app.ts';
import { connectWay } from './support/connect-way.ts';
import { run } from './support/run.ts';
import { offeredBy, WAYS_IN, type Offered } from './support/ways-in.ts';

// Real git, with a home of its own, against the sandbox's git, which checks user name and password as Bitbucket does.

const CLOUD = [
  'API token of Bitbucket Cloud',
  'bitbucket: authorization-code',
  'token of a repository, which belongs to nobody',
];
const DATA_CENTER = ['bitbucket-data-center: personal access token', 'bitbucket-data-center: password'];

const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-git-'));
const home = path.join(folder, 'home');
const settings = path.join(home, '.gitconfig');
/** Odd in every way that git allows: no line break at its end, a helper that writes secrets to a file. */
const BEFORE =
  '# Ana’s\n[user]\n  name=Ana\n\temail = ana@acme.example\n[credential]\n\thelper = store\n[pull]\n\tff = only';
let app: RunningApp;
let offered: Offered;
let cloud = '';
let dataCenter = '';

beforeAll(async () => {
  mkdirSync(home);
  writeFileSync(settings, BEFORE);
  app = await startApp([], { env: { HOME: home, XDG_CONFIG_HOME: path.join(home, 'none') } });
  offered = await offeredBy(app);
  cloud = `${app.sandboxUrl}/bitbucket.org`;
  dataCenter = `${app.sandboxUrl}/bitbucket/scm`;
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

const connect = (title: string, name: string): Promise<void> =>
  connectWay(
    app,
    offered,
    WAYS_IN.find((way) => way.title === title)!,
    name,
  );

/** Without anything of the app's in its environment. */
const git = (args: readonly string[], options: { cwd?: string; input?: string } = {}) =>
  run('git', args, {
    cwd: folder,
    ...options,
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_TRACE: path.join(folder, 'trace'),
    },
  });

async function good(
  args: readonly string[],
  options: { cwd?: string; input?: string } = {},
): Promise<string> {
  const { code, stdout, stderr } = await git(args, options);
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  expect(stderr).toBe('');
  return stdout;
}

const tokentray = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await app.cli([...args, '--sandbox']);
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return stdout;
};

/** What git would send for a repository. */
async function filled(url: string): Promise<{ username: string; password: string }> {
  const [, protocol, username, host, place] = /^(\w+):\/\/(?:(\w+)@)?([^/]+)\/(.*)$/.exec(url) ?? [];
  const asked = [
    `protocol=${protocol}`,
    `host=${host}`,
    `path=${place}`,
    ...(username === undefined ? [] : [`username=${username}`]),
  ];
  const lines = (await good(['credential', 'fill'], { input: `${asked.join('\n')}\n\n` })).split('\n');
  const value = (key: string): string =>
    lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1) ?? '';
  return { username: value('username'), password: value('password') };
}

const token = async (name: string): Promise<string> => (await tokentray('get', name)).trim();
const repository = (title: string): string =>
  CLOUD.includes(title) ? `${cloud}/acme/tray.git` : `${dataCenter}/TRAY/tray.git`;

describe('with git install', () => {
  it.each([...CLOUD, ...DATA_CENTER])('clones, pushes and fetches with %s', async (title) => {
    const name = title.replace(/\W+/g, '-');
    await connect(title, name);
    await tokentray('git', 'install', name);
    const [first, second] = ['1', '2'].map((end) => path.join(folder, `${name}-${end}`)) as [string, string];
    await good(['clone', '--quiet', repository(title), first]);
    await good(['clone', '--quiet', repository(title), second]);
    writeFileSync(path.join(first, `${name}.txt`), name);
    await good(['add', '.'], { cwd: first });
    await good(['commit', '--quiet', '-m', name], { cwd: first });
    await good(['push', '--quiet', 'origin', 'main'], { cwd: first });
    await good(['pull', '--quiet'], { cwd: second });
    expect(readFileSync(path.join(second, `${name}.txt`), 'utf8')).toBe(name);
    await tokentray('git', 'uninstall', name);
    expect(readFileSync(settings, 'utf8')).toBe(BEFORE);
    // Other helpers get nothing to keep, and nobody a command line to read.
    expect(existsSync(path.join(home, '.git-credentials'))).toBe(false);
    expect(readFileSync(path.join(folder, 'trace'), 'latin1')).not.toContain(await token(name));
  });
});

it('sends a token that is no password with a git that can, and says which git can', async () => {
  await connect('bitbucket-data-center: authorization-code', 'oauth');
  await tokentray('git', 'install', 'oauth');
  const [, minor = 0] = (/2\.(\d+)/.exec(await good(['--version'])) ?? []).map(Number);
  const { code, stderr } = await git(['ls-remote', `${dataCenter}/TRAY/tray.git`]);
  expect([code, stderr]).toEqual(
    minor >= 46 ? [0, ''] : [128, expect.stringContaining('Install git 2.46 or newer')],
  );
  await tokentray('git', 'uninstall', 'oauth');
});

/** With an empty file of settings but for these lines. */
const withSettings = (...lines: string[]): void => {
  writeFileSync(settings, `[user]\n\tname = Ana\n\temail = ana@acme.example\n${lines.join('\n')}\n`);
};
const [API_TOKEN = '', OAUTH = '', REPOSITORY = ''] = CLOUD;
const nameOf = (title: string): string => title.replace(/\W+/g, '-');
const remote = (title = API_TOKEN): string[] => ['ls-remote', repository(title)];

describe('which credential', () => {
  it('decides by server, workspace, name in the address, repository and active connection', async () => {
    withSettings();
    const [api, oauth] = [nameOf(API_TOKEN), nameOf(OAUTH)];
    await tokentray('rename', nameOf(REPOSITORY), 'beta');
    await tokentray('git', 'install', cloud);
    await tokentray('git', 'install', dataCenter);
    await tokentray('use', oauth);
    expect(await filled(repository(OAUTH))).toEqual({
      username: 'x-token-auth',
      password: await token(oauth),
    });
    await tokentray('use', api);
    const withApi = { username: 'x-bitbucket-api-token-auth', password: await token(api) };
    expect(await filled(repository(OAUTH))).toEqual(withApi);
    expect((await filled(`${cloud}/beta/x.git`)).password).toBe(await token('beta'));
    expect((await filled(repository(OAUTH).replace('//', '//beta@'))).password).toBe(await token('beta'));
    // Bitbucket puts the person's name into the addresses that it shows; the token wants another.
    await good(['ls-remote', '--quiet', repository(API_TOKEN).replace('//', '//anakeller@')]);
    expect((await filled(repository(DATA_CENTER[1]!).replace('//', '//ana@'))).username).toBe('ana');
    const clone = path.join(folder, 'chosen');
    await good(['clone', '--quiet', repository(API_TOKEN), clone]);
    await app.cli(['use', 'beta', '--here', '--sandbox'], { cwd: clone });
    const ofFolder = await good(['credential', 'fill'], {
      cwd: clone,
      input: `url=${repository(API_TOKEN)}\n\n`,
    });
    expect(ofFolder).toContain(`password=${await token('beta')}\n`);
    await app.cli(['git', 'install', oauth, '--local', '--sandbox'], { cwd: clone });
    const inClone = await good(['credential', 'fill'], {
      cwd: clone,
      input: `url=${repository(API_TOKEN)}\n\n`,
    });
    expect(inClone).toContain(`password=${await token(oauth)}\n`);
    expect(await tokentray('git', 'list')).toContain(`${oauth}  ${clone}/.git/config`);
  });

  it('leaves hosts that no connection opens to other helpers', async () => {
    const other = '!f() { echo username=other; echo password=x; }; f';
    const { stdout } = await app.cli(['git', 'list', '--json', '--sandbox']);
    const [{ helper }] = JSON.parse(stdout) as [{ helper: string }];
    withSettings('[credential]', `\thelper = ${helper}`, `\thelper = "${other}"`);
    expect(await filled('https://git.example/a/b.git')).toEqual({ username: 'other', password: 'x' });
    // Nor when the app cannot be asked; the person learns that.
    const elsewhere = helper.replace(/TOKENTRAY_HOME=\S+/, `TOKENTRAY_HOME=${folder}/none`);
    withSettings('[credential]', `\thelper = ${elsewhere}`, `\thelper = "${other}"`);
    const away = await git(['credential', 'fill'], { input: `url=${repository(OAUTH)}\n\n` });
    expect(away.stderr).toMatch(/^tokentray: The sandbox is not running\.$/m);
    expect(away.stdout).toContain('username=other');
  });
});

describe('a credential that git is refused with', () => {
  const end = (secret: string): Promise<unknown> => app.sandbox('end-credential', { secret, how: 'revoked' });

  it('is renewed, if that is possible: the next try works', async () => {
    withSettings();
    const name = nameOf(OAUTH);
    await tokentray('git', 'install', name);
    const before = await token(name);
    await end(before);
    const first = await git(remote());
    expect(first.code).toBe(128);
    expect(first.stderr).toMatch(
      /^tokentray: The token of “bitbucket-[\w-]+” had ended early; .*\n {2}Run the git command again\.$/m,
    );
    await good(['ls-remote', '--quiet', repository(OAUTH)]);
    expect(await token(name)).not.toBe(before);
    // Git tells about the old one, which says nothing about the new.
    const now = await token(name);
    await good(['credential', 'reject'], {
      input: `url=${repository(OAUTH)}\nusername=x-token-auth\npassword=${before}\n\n`,
    });
    expect(await token(name)).toBe(now);
  });

  it('is explained, if it is over: by the first try and at once by each further one', async () => {
    withSettings();
    const name = nameOf(API_TOKEN);
    await tokentray('git', 'install', name);
    const secret = await token(name);
    await end(secret);
    const first = await git(remote());
    expect(first.stderr).toMatch(
      /^tokentray: Bitbucket does not accept the token.*\n {2}.*reconnect --sandbox/m,
    );
    expect(first.stderr).toContain('Authentication failed');
    const second = await git(remote());
    expect(second.stderr).toMatch(
      /^tokentray: Bitbucket does not accept the token.*\n {2}.*reconnect --sandbox/m,
    );
    expect(second.stderr).toMatch(/told us to quit/);
    expect(second.stderr).not.toContain('Authentication failed');
    for (const { stderr } of [first, second]) expect(stderr).not.toContain(secret);
    await app.sandbox('end-credential', { secret, how: null });
    await good(['ls-remote', '--quiet', repository(API_TOKEN)]);
  });

  it('is replaced before it ends', async () => {
    withSettings();
    const name = nameOf(OAUTH);
    await tokentray('git', 'install', name);
    await app.sandbox('access-token-ttl', { seconds: 2 });
    await tokentray('refresh', name);
    const { password } = await filled(repository(OAUTH));
    await expect.poll(async () => (await filled(repository(OAUTH))).password).not.toBe(password);
    await good(['ls-remote', '--quiet', repository(OAUTH)]);
  });
});
