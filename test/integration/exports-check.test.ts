import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportCheck, ExportCure } from '../../contract/export-check.ts';
import { ok } from '../../main/lib/result.ts';
import { ExportWorld } from './support/export-world.ts';

let folder: string;
let file: string;
let world: ExportWorld;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'tokentray-check-'));
  file = path.join(folder, '.env');
  world = new ExportWorld();
});
afterEach(async () => {
  await world.end();
  await rm(folder, { recursive: true });
});

const openFor = (name: string): number =>
  openSync(name, constants.O_RDONLY | ((constants.O_NOATIME as number | undefined) ?? 0));

/** Root needs no user namespace for mounts of its own. */
const NAMESPACE = process.getuid?.() === 0 ? ['-m'] : ['-rm'];
const ENTER = process.getuid?.() === 0 ? ['-m'] : ['-U', '-m', '--preserve-credentials'];
const CAN_MOUNT =
  process.platform === 'linux' &&
  spawnSync('unshare', [...NAMESPACE, 'true'], { stdio: 'ignore' }).status === 0;

/** What is wrong, as `check: message`. */
const wrong = ({ findings }: ExportCheck): string[] =>
  findings.filter(({ ok: fine }) => !fine).map(({ check, message }) => `${check}: ${message}`);
const wrongNow = async (): Promise<string[]> => wrong(await world.check(file));

async function cure(name: ExportCure): Promise<string[]> {
  const cured = await world.exports.cure(file, name);
  if (!cured.ok) throw new Error(cured.error.message);
  return wrong(cured.value);
}
const git = (...args: string[]): void => {
  const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@acme.example'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
};

describe.skipIf(process.platform === 'win32')('a check of an env file', () => {
  it('finds nothing wrong with a new one', async () => {
    await world.add(file);
    expect(await wrongNow()).toEqual([]);
  });

  it('sees that the file was edited, removed, or could be read by others, and cures each', async () => {
    await world.add(file);
    writeFileSync(file, readFileSync(file, 'utf8').replace('token-1', 'mine'));
    expect(await wrongNow()).toEqual(['content: The file does not hold what is current.']);
    expect(await cure('write')).toEqual([]);
    await rm(file);
    expect(await wrongNow()).toEqual(['content: The file is not there.']);
    expect(await cure('write')).toEqual([]);
    chmodSync(file, 0o644);
    expect(await wrongNow()).toEqual(['access: Other users can use the file (mode 644).']);
    expect(await cure('narrow')).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('sees what git would do with it and has done, and adds the line to .gitignore', async () => {
    git('init');
    writeFileSync(path.join(folder, '.gitignore'), 'node_modules');
    await world.add(file);
    expect(await wrongNow()).toEqual(['git: Git does not ignore .env, so “git add” would take it.']);
    expect(await cure('ignore')).toEqual([]);
    expect(readFileSync(path.join(folder, '.gitignore'), 'utf8')).toBe('node_modules\n/.env\n');
    expect(world.exports.list()[0]?.warnings).toEqual([]);
    git('add', '-f', '.env');
    git('commit', '-m', 'x');
    expect(await wrongNow()).toEqual([
      'git: Git tracks .env: the token would be in the next commit.',
      'git: A commit of this repository contains .env: whoever has the repository has what was in it then.',
    ]);
    git('rm', '--cached', '.env');
    git('commit', '-m', 'y');
    expect(await wrongNow()).toEqual([
      'git: A commit of this repository contains .env: whoever has the repository has what was in it then.',
    ]);
  });

  it('copes with a folder that is gone, and with an export that is', async () => {
    const inner = path.join(folder, 'inner');
    mkdirSync(inner);
    await world.add(path.join(inner, '.env'));
    await rm(inner, { recursive: true });
    expect(wrong(await world.check(path.join(inner, '.env')))).toEqual([
      `content: The folder ${inner} does not exist.`,
    ]);
    expect(await world.exports.cure('nothing', 'write')).toMatchObject({ error: { code: 'not-found' } });
    expect(await world.exports.check('nothing')).toMatchObject({ error: { code: 'not-found' } });
  });

  it('names what overrides it: lines of the file, of files beside it, and of compose files', async () => {
    await world.add(file);
    appendFileSync(file, 'ATLASSIAN_CLOUD_ID=mine\n');
    writeFileSync(path.join(folder, '.env.local'), '# mine\nATLASSIAN_SITE_URL=x\n');
    writeFileSync(path.join(folder, '.env.example'), 'ATLASSIAN_SITE_URL=\n');
    writeFileSync(
      path.join(folder, 'compose.yaml'),
      'services:\n  app:\n    env_file: .env\n    environment:\n      ATLASSIAN_ACCESS_TOKEN: old\n      ATLASSIAN_CLOUD_ID: ${ATLASSIAN_CLOUD_ID}\n',
    );
    const [first, ...rest] = await wrongNow();
    expect(first).toMatch(/^overridden: ATLASSIAN_CLOUD_ID is also set on line \d+, outside/);
    expect(rest).toEqual([
      'overridden: Vite and dotenv-flow, and Next.js take ATLASSIAN_SITE_URL from .env.local, line 2.',
      'overridden: Containers of docker compose take ATLASSIAN_ACCESS_TOKEN from compose.yaml, line 5.',
    ]);
    expect(JSON.stringify(await world.check(file))).not.toContain('token-1');
  });

  it('tells whether it was read since it was written, who has it open, and what each write changed', async () => {
    await world.add(file);
    const written = await world.check(file);
    const mount = execFileSync('findmnt', ['-no', 'OPTIONS', '-T', folder]).toString();
    // Where reads are not recorded it says so.
    const unknown = mount.includes('noatime') ? { state: 'unknown' } : null;
    expect(written.lastRead).toMatchObject(unknown ?? { state: 'not-read' });
    expect(written.writes).toMatchObject([{ why: 'added', connection: { name: 'acme – ana' } }]);
    execFileSync('cat', [file]);
    expect((await world.check(file)).lastRead).toMatchObject(unknown ?? { state: 'read' });
    const holder = spawn('sleep', ['30'], { stdio: [openFor(file), 'ignore', 'ignore'] });
    await once(holder, 'spawn');
    await expect
      .poll(async () => (await world.check(file)).openedBy)
      .toEqual([{ pid: holder.pid, program: 'sleep' }]);
    holder.kill();
    world.renew(ok('token-2'));
    await expect.poll(async () => (await world.check(file)).writes).toHaveLength(2);
    const renewed = await world.check(file);
    expect(renewed.lastRead).toMatchObject(unknown ?? { state: 'not-read' });
    expect(renewed.writes).toMatchObject([
      { why: 'refreshed', variables: ['ATLASSIAN_ACCESS_TOKEN'] },
      { why: 'added' },
    ]);
    await rm(file);
    await world.exports.write(null);
    expect((await world.check(file)).writes[0]).toMatchObject({ why: 'asked', variables: [] });
  });
});

describe.skipIf(!CAN_MOUNT)('a file that a container has mounted', () => {
  it('is seen, and after the cure gets every change', async () => {
    await world.add(file);
    const mounted = path.join(folder, 'mounted');
    writeFileSync(mounted, '');
    const script = `mount --bind "$0" "$1" && echo up && exec sleep 60`;
    const container = spawn('unshare', [...NAMESPACE, 'sh', '-c', script, file, mounted], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(container.stdout, 'data');
      const inside = (): string =>
        execFileSync('nsenter', ['-t', String(container.pid), ...ENTER, 'cat', mounted]).toString();
      expect((await wrongNow())[0]).toMatch(/^mounted: The file is mounted at .*\/mounted of process \d+/);
      expect(await cure('in-place')).toEqual([]);
      world.renew(ok('token-2'));
      await expect.poll(inside).toContain('token-2');
      expect(await wrongNow()).toEqual([]);
      // Replaced, as somebody else might: the container keeps the old one.
      writeFileSync(`${file}.new`, readFileSync(file), { mode: 0o600 });
      execFileSync('mv', [`${file}.new`, file]);
      expect((await wrongNow())[0]).toMatch(/^mounted: The file was replaced after it was mounted at /);
    } finally {
      container.kill('SIGKILL');
      await once(container, 'close');
    }
  });
});
