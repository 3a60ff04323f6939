import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ProviderId } from '../../../contract/ids.ts';
import { createGitInstalls, type GitInstalls } from '../../../main/git/git-installs.ts';
import type { HelperCommandOptions } from '../../../main/git/helper-command.ts';
import { runGit, type RunGit } from '../../../main/git/run-git.ts';
import { resolveReference } from '../../../main/connections/resolve.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { fail, ok } from '../../../main/lib/result.ts';
import { BUNDLED_DEFINITIONS } from '../../../main/providers/bundled.ts';
import { onInstance } from '../../../main/providers/instance.ts';
import type { ProviderRegistry } from '../../../main/providers/ports.ts';
import type { Store } from '../../../main/store/ports.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { sampleConnection, sampleTokens } from '../../fakes/sample-connection.ts';
import { value } from '../../fakes/store-in-folder.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { idOf } from './candidate.ts';

const HELPER = "!'/a b/tokentray' git-credential";
const BLOCK = `[credential "https://bitbucket.org"]\n\thelper = \n\thelper = ${HELPER}\n\tuseHttpPath = true\n`;

const registry: Pick<ProviderRegistry, 'get' | 'list'> = {
  get: (id, instance = null) => {
    const found = BUNDLED_DEFINITIONS.find((each) => each.id === id);
    return found ? ok(onInstance(found, instance)) : fail('not-found', 'There is no such provider.');
  },
  list: () => BUNDLED_DEFINITIONS.map(({ id }) => ({ id })) as ReturnType<ProviderRegistry['list']>,
};

let home: string;
let file: string;
let store: Store;
beforeEach(() => {
  home = temporaryFolder();
  file = path.join(home, '.gitconfig');
  store = memoryStore();
  const add = (name: string, id: number, provider: string, url: string | null): void => {
    const site = url === null ? null : { cloudId: null, name, url, products: [] };
    value(
      store.connections.insert(
        sampleConnection({
          id: idOf(id),
          name,
          provider: ProviderId.parse(provider),
          method: 'api-token',
          site,
        }),
        sampleTokens(),
      ),
    );
  };
  add('acme', 1, 'bitbucket', null);
  add('ours', 2, 'bitbucket-data-center', 'https://git.example/bitbucket');
  add('jira', 3, 'jira-data-center', 'https://jira.example');
});

const helper: HelperCommandOptions = {
  command: ['/a b/tokentray'],
  home: null,
  sandbox: false,
  platform: 'linux',
};
const installs = (git: RunGit = runGit, command = helper): GitInstalls =>
  createGitInstalls({
    store,
    targets: { connections: { resolve: (text = '') => resolveReference(store.connections, text) }, registry },
    surroundings: { git, env: {}, home },
    helper: command,
    clock: systemClock,
  });
const install = (target: string, more = {}) => installs().install({ target, ...more });
const content = (at = file): string => readFileSync(at, 'latin1');

describe('byte for byte', () => {
  it.each([
    ['an ordinary file', '[user]\n\tname = Ana\n'],
    ['no line break at the end', '[user]\n\tname = Ana'],
    ['line breaks of Windows, and characters of any encoding', '[user]\r\n\tname = \xc4n\xe0\xff\r\n'],
    ['an empty file', ''],
    [
      'a section for the same host',
      '[credential "https://bitbucket.org"]\n  username=ana\n[core]\n\tx = 1\n',
    ],
    ['an empty section for the same host', '[credential "https://bitbucket.org"]\n# mine\n[core]\n\tx = 1\n'],
    ['helpers for everything', '[credential]\n\thelper = store\n\thelper = cache\n'],
  ])('adds, and removes again: %s', async (_, before) => {
    writeFileSync(file, before, 'latin1');
    chmodSync(file, 0o640);
    const { install: made, changed } = value(await install('bitbucket.org'));
    expect(made).toEqual({
      ...{
        scope: 'global',
        file,
        url: 'https://bitbucket.org',
        connection: null,
        helper: HELPER,
        intact: true,
      },
    });
    expect(changed).toBe(true);
    const installed = content();
    expect(value(await install('https://bitbucket.org/'))).toMatchObject({ changed: false });
    expect(content()).toBe(installed);
    value(await installs().uninstall({ target: 'bitbucket.org' }));
    expect([content(), statSync(file).mode & 0o777]).toEqual([before, 0o640]);
    expect(value(await installs().list()).installs).toEqual([]);
  });

  it('removes the file that it made, and only that', async () => {
    value(await install('bitbucket.org'));
    expect(content()).toBe(BLOCK);
    value(await installs().uninstall({ target: 'bitbucket.org' }));
    expect(existsSync(file)).toBe(false);
  });

  it('keeps what the person wrote meanwhile, before and after it', async () => {
    writeFileSync(file, '[a]\n\tb = 1\n');
    value(await install('bitbucket.org'));
    writeFileSync(file, `# new\n${content()}[c]\n\td = 2\n`);
    value(await installs().uninstall({ target: 'bitbucket.org' }));
    expect(content()).toBe('# new\n[a]\n\tb = 1\n[c]\n\td = 2\n');
  });

  it('removes its own values from lines that somebody has changed, and nothing of theirs', async () => {
    writeFileSync(
      file,
      `[credential "https://bitbucket.org"]\n\thelper = \n\thelper = other\n\thelper = "${HELPER}" ; mine\n`,
    );
    value(await installs().uninstall({ target: 'bitbucket.org' }));
    expect(content()).toBe('[credential "https://bitbucket.org"]\n\thelper = \n\thelper = other\n');
  });

  it('writes through a link', async () => {
    const target = path.join(home, 'dotfiles');
    writeFileSync(target, '[a]\n\tb = 1\n');
    symlinkSync(target, file);
    value(await install('bitbucket.org'));
    expect(content(target)).toContain(BLOCK);
    value(await installs().uninstall({ target: 'bitbucket.org' }));
    expect([content(target), lstatSync(file).isSymbolicLink()]).toEqual(['[a]\n\tb = 1\n', true]);
  });
});

it('replaces a helper that is another, such as one for a single connection', async () => {
  value(await install('acme'));
  expect(content()).toContain(`helper = ${HELPER} --connection ${idOf(1)}\n`);
  value(await install('bitbucket.org'));
  expect(content()).toBe(BLOCK);
  expect(value(await installs().list()).installs).toMatchObject([{ connection: null, intact: true }]);
  writeFileSync(file, '');
  expect(value(await installs().list()).installs).toMatchObject([{ intact: false }]);
});

it('writes below the path of a server that has others too', async () => {
  expect(value(await install('git.example')).install).toMatchObject({
    url: 'https://git.example/bitbucket/scm',
  });
  const asked = ['config', '--file', file, '--get-urlmatch', 'credential.helper'];
  const at = (url: string): string => {
    try {
      return execFileSync('git', [...asked, url]).toString();
    } catch {
      return '';
    }
  };
  expect(at('https://git.example/bitbucket/scm/a/b.git')).toContain('git-credential');
  expect(at('https://git.example/other/b.git')).toBe('');
});

it('removes what has outlasted its connection', async () => {
  value(await install('ours'));
  const [known] = value(await installs().list()).installs;
  store.connections.remove(store.connections.list().find(({ name }) => name === 'ours')!.id);
  expect(await install('git.example')).toMatchObject({ error: { code: 'not-found' } });
  value(await installs().uninstall({ target: known!.url }));
  expect(value(await installs().list()).installs).toEqual([]);
});

it('writes into a repository, from anywhere in it, and remembers where', async () => {
  const inside = path.join(home, 'repository', 'src');
  mkdirSync(inside, { recursive: true });
  execFileSync('git', ['init', '--quiet', path.dirname(inside)]);
  const own = path.join(path.dirname(inside), '.git', 'config');
  const before = content(own);
  value(await install('acme', { scope: 'local', folder: inside }));
  value(await install('bitbucket.org', { file: path.join(home, 'elsewhere') }));
  expect(value(await installs().list()).installs).toMatchObject([
    { scope: 'local', file: own, connection: { id: idOf(1), name: 'acme' } },
    { scope: 'global', file: path.join(home, 'elsewhere'), connection: null },
  ]);
  value(store.connections.remove(idOf(1)));
  expect(value(await installs().list()).installs[0]).toMatchObject({ connection: { name: null } });
  value(await installs().uninstall({ target: 'bitbucket.org', scope: 'local', folder: inside }));
  expect(content(own)).toBe(before);
});

it('uses the other file of the person’s where git would', async () => {
  const other = path.join(home, '.config', 'git', 'config');
  mkdirSync(path.dirname(other), { recursive: true });
  writeFileSync(other, '');
  expect(value(await install('bitbucket.org')).install.file).toBe(other);
  writeFileSync(file, '');
  expect(value(await install('bitbucket.org')).install.file).toBe(file);
});

describe('refuses, and says what to do', () => {
  const answers =
    (stdout: string, code = 0): RunGit =>
    () =>
      Promise.resolve({ code, stdout, stderr: '' });
  it.each([
    ['no git', installs, () => Promise.resolve(null), 'unsupported', 'Install git 2.9 or newer.'],
    [
      'a git that is too old',
      installs,
      answers('git version 2.8.6'),
      'unsupported',
      'Install git 2.9 or newer.',
    ],
  ] as const)('%s', async (_, make, git, code, hint) => {
    expect(await make(git).install({ target: 'bitbucket.org' })).toMatchObject({ error: { code, hint } });
    expect(existsSync(file)).toBe(false);
  });
  it.each([
    ['a host that no connection opens', { target: 'git.other.example' }, 'not-found', 'tokentray providers'],
    ['a connection without git', { target: 'jira' }, 'unsupported', null],
    ['nothing that there is', { target: 'nobody' }, 'not-found', '“acme”'],
    [
      'a folder that is no repository',
      { target: 'acme', scope: 'local', folder: '/' },
      'not-found',
      '--local',
    ],
    ['no folder', { target: 'acme', scope: 'local' }, 'invalid-input', 'in the repository'],
    ['a file that cannot be written', { target: 'acme', file: '/nowhere/settings' }, 'io', 'whether you may'],
  ] as const)('%s', async (_, place, code, hint) => {
    const refused = await installs().install(place);
    expect(refused).toMatchObject({ ok: false, error: { code } });
    if (hint !== null)
      expect(refused).toMatchObject({ error: { hint: expect.stringContaining(hint) as string } });
    expect(value(await installs().list()).installs).toEqual([]);
  });
  it('an AppImage, where git would not find the command line', async () => {
    const refused = await installs(runGit, { ...helper, command: null }).install({ target: 'acme' });
    expect(refused).toMatchObject({ error: { code: 'unsupported' } });
  });
  it('removing what is not there', async () => {
    expect(await installs().uninstall({ target: 'acme' })).toMatchObject({
      error: { code: 'not-found', hint: expect.stringContaining('tokentray git list') as string },
    });
  });
});
