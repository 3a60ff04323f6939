import { existsSync } from 'node:fs';
import path from 'node:path';
import { bytesOf, replaceFile } from './file-bytes.ts';
import type { GitScope } from '../../contract/git.ts';
import { cleanText } from '../lib/clean-text.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { isHelperValue } from './helper-command.ts';
import { insertedText, withoutText } from './inserted-text.ts';
import type { GitOutput, RunGit } from './run-git.ts';

export interface Surroundings {
  git: RunGit;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

export interface Where {
  scope: GitScope;
  folder: string | undefined;
  file: string | undefined;
}

/** An empty helper, which drops those before it, is known since this version. */
const OLDEST: readonly [number, number] = [2, 9];

/** Fails with `unsupported` where git cannot be used, with what to do. */
export async function checkGit(git: RunGit): Promise<Result<void>> {
  const version = await git(['--version']);
  const words = `Install git ${OLDEST.join('.')} or newer.`;
  if (version?.code !== 0) return fail('unsupported', 'There is no git on this computer that works.', words);
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version.stdout) ?? []).map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return ok(undefined);
  return fail('unsupported', `This git is too old: ${cleanText(version.stdout, 60)}.`, words);
}

/** The file that `git config` would write. */
export async function settingsFile(where: Where, { git, env, home }: Surroundings): Promise<Result<string>> {
  const { scope, folder, file } = where;
  if (scope === 'global') return ok(file ?? globalFile(env, home));
  if (folder === undefined || !path.isAbsolute(folder))
    return fail(
      'invalid-input',
      'Which repository is meant is not known.',
      'Run the command in the repository.',
    );
  const found = await git(['rev-parse', '--git-path', 'config'], folder);
  if (found?.code === 0) return ok(path.resolve(folder, found.stdout.replace(/\r?\n$/, '')));
  return fail(
    'not-found',
    `There is no repository in ${folder}${found === null ? '' : `: ${reason(found)}`}.`,
    'Run the command in a repository, or leave --local out.',
  );
}

/** git-config(1), FILES: the second one only if it is there and the first is not. */
function globalFile(env: Surroundings['env'], home: string): string {
  const usual = path.join(home, '.gitconfig');
  const { XDG_CONFIG_HOME: xdg } = env;
  const other = path.join(
    xdg === undefined || xdg === '' ? path.join(home, '.config') : xdg,
    'git',
    'config',
  );
  return !existsSync(usual) && existsSync(other) ? other : usual;
}

const keyOf = (url: string, name: string): string => `credential.${url}.${name}`;

/** Every helper that the file has for exactly this address; the empty one too. */
export async function helpersIn(git: RunGit, file: string, url: string): Promise<string[]> {
  const found = await git(['config', '--file', file, '--null', '--get-all', keyOf(url, 'helper')]);
  return found?.code === 0 ? found.stdout.split('\0').slice(0, -1) : [];
}

/** What a file got. */
export interface Written {
  inserted: string;
  created: boolean;
}

/**
 * Adds the helper for an address: helpers from before are dropped for it, as git would hand each of them the secret
 * to keep; and git says which repository it is about.
 */
export async function addHelper(
  git: RunGit,
  file: string,
  url: string,
  helper: string,
): Promise<Result<Written>> {
  const before = await bytesOf(file);
  if (!before.ok) return before;
  const pathIsSet = await git(['config', '--file', file, '--get', keyOf(url, 'useHttpPath')]);
  const steps = [
    ['--add', keyOf(url, 'helper'), ''],
    ['--add', keyOf(url, 'helper'), helper],
    ...(pathIsSet?.code === 0 ? [] : [[keyOf(url, 'useHttpPath'), 'true']]),
  ];
  for (const step of steps) {
    const done = await git(['config', '--file', file, ...step]);
    if (done?.code === 0) continue;
    await removeByGit(git, file, url);
    return fail(
      'io',
      `Git could not write ${file}${done === null ? '' : `: ${reason(done)}`}.`,
      'Check whether you may write it, and whether another git is writing it.',
    );
  }
  const after = await bytesOf(file);
  if (!after.ok) return after;
  const inserted = insertedText(before.value ?? '', after.value ?? '')?.text ?? '';
  return ok({ inserted, created: before.value === null });
}

/** Removes the helper; byte for byte what was added, if that is still there in one piece. */
export async function removeHelper(
  git: RunGit,
  file: string,
  url: string,
  written: Written,
): Promise<Result<void>> {
  const current = await bytesOf(file);
  if (!current.ok) return current;
  if (current.value === null) return ok(undefined);
  const rest = withoutText(current.value, written.inserted);
  if (rest !== null) {
    const replaced = await replaceFile(file, current.value, rest === '' && written.created ? null : rest);
    if (replaced.ok) return ok(undefined);
  }
  return removeByGit(git, file, url);
}

/** Removes our values alone, where somebody has changed what is around them. */
async function removeByGit(git: RunGit, file: string, url: string): Promise<Result<void>> {
  const key = keyOf(url, 'helper');
  const helpers = await helpersIn(git, file, url);
  const ours = helpers.filter(isHelperValue);
  const theirs = helpers.filter((value) => value !== '' && !isHelperValue(value));
  const steps = ours.map((value) => [
    '--unset-all',
    key,
    `^${value.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`,
  ]);
  // Somebody else's helper may need the empty one before it.
  if (theirs.length === 0) {
    steps.push(['--unset-all', key, '^$']);
    steps.push(['--unset-all', keyOf(url, 'useHttpPath')]);
  }
  for (const step of steps) {
    const done = await git(['config', '--file', file, ...step]);
    // 5: there is nothing to remove.
    if (done?.code !== 0 && done?.code !== 5)
      return fail('io', `Git could not write ${file}${done === null ? '' : `: ${reason(done)}`}.`);
  }
  return ok(undefined);
}

/** The first line of what git says. */
const reason = ({ stderr }: GitOutput): string =>
  cleanText((stderr.split('\n')[0] ?? '').replace(/^(fatal|error|warning): /, ''), 200).replace(/\.$/, '');
