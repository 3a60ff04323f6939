import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { targetOf, updateFile, type DecideChange, type FilePorts } from '../../main/exports/atomic-write.ts';
import { nodeExportFiles } from '../../main/exports/export-files.ts';
import { fail, ok } from '../../main/lib/result.ts';

const ME = BigInt(process.geteuid?.() ?? 0);
const ROOT = ME === 0n;
const SOMEBODY = 54_321;

/** Who the writer takes itself for: with root somebody else can own files; without, we play somebody else. */
const ports = (change: Partial<FilePorts> = {}): FilePorts => ({
  randomName: () => Math.random().toString(16).slice(2, 14).padEnd(12, '0'),
  person: { uid: ME, groups: [], typeWithoutOwners: () => null },
  ...change,
});
const foreigner = (): FilePorts =>
  ports(ROOT ? {} : { person: { uid: BigInt(SOMEBODY), groups: [], typeWithoutOwners: () => null } });
const giveAway = (file: string): void => {
  if (ROOT) lchownSync(file, SOMEBODY, SOMEBODY);
};

/** Only where nobody else can reach it. */
const OWN = { allowShared: false };

const write =
  (text: string): DecideChange =>
  () =>
    ok({ kind: 'write', bytes: Buffer.from(text) });

let folder: string;
let file: string;
let umask: number;
beforeEach(() => {
  umask = process.umask(0o022);
  folder = mkdtempSync(path.join(os.tmpdir(), 'tokentray-files-'));
  file = path.join(folder, '.env');
});
afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true });
});

const modeOf = (name: string): number => statSync(name).mode & 0o777;
const names = (): string[] => readdirSync(folder).sort();

describe('a file', () => {
  it.each([0o000, 0o022, 0o077, 0o777])('is 0600 under umask %o', async (mask) => {
    process.umask(mask);
    const result = await updateFile(file, write('A=1\n'));
    expect(result).toEqual({ ok: true, value: { changed: true, narrowedFrom: null, shared: null } });
    expect(modeOf(file)).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe('A=1\n');
    expect(names()).toEqual(['.env']);
  });

  it.each(['a longer one\n', 's\n'])('stays the same file where it has to: %j', async (text) => {
    writeFileSync(file, 'old text\n', { mode: 0o644 });
    const before = statSync(file).ino;
    const kept = { ...OWN, keepsFile: true };
    expect(await updateFile(file, write(text), kept)).toEqual(
      ok({ changed: true, narrowedFrom: 0o644, shared: null }),
    );
    expect([readFileSync(file, 'utf8'), statSync(file).ino, modeOf(file)]).toEqual([text, before, 0o600]);
    // Somebody else wrote between reading and writing: what is written goes by that.
    let asked = 0;
    await updateFile(
      file,
      (current) => {
        if (++asked === 1) writeFileSync(file, 'theirs\n');
        return ok({ kind: 'write', bytes: Buffer.from(`${current?.toString() ?? ''}ours\n`) });
      },
      kept,
    );
    expect(readFileSync(file, 'utf8')).toBe('theirs\nours\n');
    rmSync(file);
    await updateFile(file, write('new\n'), kept);
    expect([readFileSync(file, 'utf8'), names()]).toEqual(['new\n', ['.env']]);
  });

  it('is replaced as a whole: who reads the old one reads it to its end', async () => {
    writeFileSync(file, 'old', { mode: 0o600 });
    const before = statSync(file).ino;
    await updateFile(file, write('new'));
    expect(statSync(file).ino).not.toBe(before);
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  it('that holds the same already is not touched', async () => {
    writeFileSync(file, 'same', { mode: 0o600 });
    utimesSync(file, 1000, 1000);
    const before = statSync(file, { bigint: true });
    expect(await updateFile(file, write('same'))).toEqual({
      ok: true,
      value: { changed: false, narrowedFrom: null, shared: null },
    });
    const after = statSync(file, { bigint: true });
    expect([after.ino, after.mtimeNs, after.ctimeNs]).toEqual([before.ino, before.mtimeNs, before.ctimeNs]);
  });

  it.each(['same', 'new'])('that others could read is narrowed and said so (%s content)', async (text) => {
    writeFileSync(file, 'same');
    chmodSync(file, 0o644);
    expect(await updateFile(file, write(text))).toMatchObject({ ok: true, value: { narrowedFrom: 0o644 } });
    expect(modeOf(file)).toBe(0o600);
  });

  it('is deleted when so decided', async () => {
    writeFileSync(file, 'ours', { mode: 0o600 });
    await updateFile(file, () => ok({ kind: 'delete' }));
    expect(names()).toEqual([]);
    expect((await updateFile(file, () => ok({ kind: 'delete' }))).ok).toBe(true);
  });

  it('stays as it is when the decision fails', async () => {
    writeFileSync(file, 'mine', { mode: 0o644 });
    chmodSync(file, 0o644);
    const result = await updateFile(file, () => fail('conflict', 'no'));
    expect(result).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(modeOf(file)).toBe(0o644);
    expect(names()).toEqual(['.env']);
  });

  it('that an editor saves meanwhile keeps what the editor saved', async () => {
    writeFileSync(file, 'A', { mode: 0o600 });
    let calls = 0;
    const result = await updateFile(file, (current) => {
      calls += 1;
      if (calls === 1) {
        writeFileSync(path.join(folder, 'saved'), 'B', { mode: 0o600 });
        renameSync(path.join(folder, 'saved'), file);
      }
      return ok({ kind: 'write', bytes: Buffer.concat([current ?? Buffer.alloc(0), Buffer.from('+')]) });
    });
    expect(result.ok).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('B+');
    expect(names()).toEqual(['.env']);
  });

  it('that never comes to rest is left to whoever writes it', async () => {
    let calls = 0;
    const result = await updateFile(file, () => {
      calls += 1;
      writeFileSync(file, String(calls), { mode: 0o600 });
      return ok({ kind: 'write', bytes: Buffer.from('ours') });
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'io' } });
    expect(readFileSync(file, 'utf8')).toBe(String(calls));
    expect(names()).toEqual(['.env']);
  });
});

describe('a symbolic link', () => {
  it('of our own stays, and its target is written, 0600', async () => {
    const target = path.join(folder, 'target');
    mkdirSync(path.join(folder, 'links'));
    const link = path.join(folder, 'links', '.env');
    symlinkSync('../target', link);
    writeFileSync(target, 'old');
    await updateFile(link, write('new'));
    expect(readlinkSync(link)).toBe('../target');
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(modeOf(target)).toBe(0o600);
    expect(readdirSync(path.join(folder, 'links'))).toEqual(['.env']);
    expect(await targetOf(link)).toEqual({
      ok: true,
      value: target,
    });
  });

  it('to nothing yet makes its target', async () => {
    symlinkSync('later', file);
    await updateFile(file, write('new'));
    expect(readFileSync(path.join(folder, 'later'), 'utf8')).toBe('new');
  });

  it('keeps its target, empty, when the file would be deleted', async () => {
    symlinkSync('target', file);
    writeFileSync(path.join(folder, 'target'), 'ours', { mode: 0o600 });
    await updateFile(file, () => ok({ kind: 'delete' }));
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('planted by another user is not followed', async () => {
    const victim = path.join(folder, 'victim');
    writeFileSync(victim, 'mine', { mode: 0o600 });
    symlinkSync('victim', file);
    giveAway(file);
    expect(await updateFile(file, write('new'), OWN, foreigner())).toMatchObject({
      ok: false,
      error: { code: 'refused' },
    });
    expect(readFileSync(victim, 'utf8')).toBe('mine');
  });

  it('in a circle is refused', async () => {
    symlinkSync('b', path.join(folder, 'a'));
    symlinkSync('a', path.join(folder, 'b'));
    expect(await updateFile(path.join(folder, 'a'), write('x'))).toMatchObject({
      ok: false,
      error: { code: 'refused' },
    });
  });

  it('under the name of the temporary file is not written through', async () => {
    const victim = path.join(folder, 'victim');
    writeFileSync(victim, 'mine');
    const guesses = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'];
    symlinkSync('victim', path.join(folder, '.env.tokentray-x'));
    symlinkSync('victim', path.join(folder, '..env.tokentray-aaaaaaaaaaaa.tmp'));
    await updateFile(file, write('new'), OWN, ports({ randomName: () => guesses.shift() ?? 'cccccccccccc' }));
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(guesses).toEqual([]);
  });

  it('under every name of the temporary file makes the write fail, nothing else', async () => {
    const victim = path.join(folder, 'victim');
    writeFileSync(victim, 'mine');
    symlinkSync('victim', path.join(folder, '..env.tokentray-aaaaaaaaaaaa.tmp'));
    const result = await updateFile(file, write('new'), OWN, ports({ randomName: () => 'aaaaaaaaaaaa' }));
    expect(result).toMatchObject({ ok: false, error: { code: 'io' } });
    expect(readFileSync(victim, 'utf8')).toBe('mine');
  });

  it('to another device is written there', async () => {
    const elsewhere = mkdtempSync('/dev/shm/tokentray-files-');
    try {
      expect(statSync(elsewhere).dev).not.toBe(statSync(folder).dev);
      symlinkSync(path.join(elsewhere, 'target'), file);
      expect((await updateFile(file, write('new'))).ok).toBe(true);
      expect(readdirSync(elsewhere)).toEqual(['target']);
      expect(readFileSync(path.join(elsewhere, 'target'), 'utf8')).toBe('new');
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});

describe('is refused and left as it was:', () => {
  const refused: [what: string, arrange: () => void, who: () => FilePorts, hint: RegExp][] = [
    [
      'a file with a second name',
      () => {
        writeFileSync(path.join(folder, 'other'), 'mine', { mode: 0o600 });
        linkSync(path.join(folder, 'other'), file);
      },
      ports,
      /hard link/,
    ],
    ['a pipe', () => execFileSync('mkfifo', [file]), ports, /not an ordinary file/],
    [
      'a device',
      () => {
        symlinkSync('/dev/null', file);
      },
      ports,
      /\/dev|not an ordinary file/,
    ],
    [
      'a folder',
      () => {
        mkdirSync(file);
      },
      ports,
      /is a folder/,
    ],
    [
      'a file marked read-only',
      () => {
        writeFileSync(file, 'mine', { mode: 0o400 });
      },
      ports,
      /read-only/,
    ],
    [
      'a file of another user',
      () => {
        writeFileSync(file, 'mine', { mode: 0o600 });
        giveAway(file);
      },
      foreigner,
      /another user/,
    ],
    [
      'a file in a folder of another user',
      () => {
        giveAway(folder);
      },
      foreigner,
      /another user/,
    ],
    [
      'a file in a folder that everybody can write',
      () => {
        chmodSync(folder, 0o777);
      },
      ports,
      /Every user/,
    ],
    [
      'a file that is no env file by its size',
      () => {
        writeFileSync(file, 'x'.repeat((1 << 20) + 1));
      },
      ports,
      /1 MiB/,
    ],
  ];

  it.each(refused)('%s', async (_, arrange, who, reason) => {
    arrange();
    const before = names();
    const stat = before.includes('.env') ? lstatSync(file) : null;
    let asked = 0;
    const result = await updateFile(
      file,
      () => {
        asked += 1;
        return ok({ kind: 'write', bytes: Buffer.from('new') });
      },
      OWN,
      who(),
    );
    if (result.ok) throw new Error('was written');
    expect(result.error.code).toBe('refused');
    expect(result.error.message).toMatch(reason);
    expect(result.error.hint).toBeTruthy();
    expect(asked).toBe(0);
    expect(names()).toEqual(before);
    if (stat !== null) {
      expect([lstatSync(file).ino, lstatSync(file).mode, lstatSync(file).mtimeMs]).toEqual([
        stat.ino,
        stat.mode,
        stat.mtimeMs,
      ]);
    }
  });

  it('a file in a missing folder, which it says to make', async () => {
    const missing = path.join(folder, 'no', '.env');
    expect(await updateFile(missing, write('x'))).toMatchObject({
      ok: false,
      error: { code: 'not-found', hint: expect.stringContaining('Create the folder') as string },
    });
  });

  it('a file below a file', async () => {
    writeFileSync(file, 'mine');
    expect(await updateFile(path.join(file, 'x'), write('x'))).toMatchObject({
      ok: false,
      error: { code: 'io' },
    });
  });
});

describe('a folder of somebody else', () => {
  const elsewhere = (): string => {
    const theirs = path.join(folder, 'theirs');
    mkdirSync(theirs);
    return theirs;
  };
  const mine = (): string => {
    const project = path.join(folder, 'project');
    mkdirSync(project);
    writeFileSync(path.join(project, '.env'), 'mine', { mode: 0o600 });
    return project;
  };
  const refused = {
    ok: false,
    error: { code: 'refused', message: expect.stringContaining('another user') as string },
  };

  it.runIf(ROOT).each<[string, (project: string) => string]>([
    [
      'a link of theirs in the middle of the path',
      (project) => {
        const link = path.join(folder, 'link');
        symlinkSync(project, link);
        giveAway(link);
        return path.join(link, '.env');
      },
    ],
    [
      'a folder of theirs above ours',
      () => {
        const theirs = elsewhere();
        mkdirSync(path.join(theirs, 'ours'));
        giveAway(theirs);
        return path.join(theirs, 'ours', '.env');
      },
    ],
    [
      'a link of ours that leads through a folder of theirs',
      (project) => {
        const theirs = elsewhere();
        symlinkSync(project, path.join(theirs, 'back'));
        symlinkSync(path.join('theirs', 'back'), path.join(folder, 'link'));
        lchownSync(path.join(theirs, 'back'), 0, 0);
        giveAway(theirs);
        return path.join(folder, 'link', '.env');
      },
    ],
    [
      'a file of ours that is a link into a folder of theirs',
      () => {
        const theirs = elsewhere();
        giveAway(theirs);
        symlinkSync(path.join(theirs, 'target'), path.join(folder, 'link.env'));
        return path.join(folder, 'link.env');
      },
    ],
  ])('is not written through: %s', async (_, arrange) => {
    const project = mine();
    const wanted = arrange(project);
    expect(await updateFile(wanted, write('new'), { allowShared: true })).toMatchObject(refused);
    expect(readFileSync(path.join(project, '.env'), 'utf8')).toBe('mine');
    if (names().includes('theirs')) expect(readdirSync(path.join(folder, 'theirs'))).not.toContain('target');
  });

  it.runIf(ROOT)('is a team’s when a group of ours may write in it: only for who says so', async () => {
    lchownSync(folder, SOMEBODY, 60_000);
    chmodSync(folder, 0o2775);
    const who = ports({ person: { uid: ME, groups: [60_000n], typeWithoutOwners: () => null } });
    expect(await updateFile(file, write('new'), OWN, who)).toMatchObject({
      error: { code: 'shared-folder' },
    });
    expect(names()).toEqual([]);
    expect(await updateFile(file, write('new'), { allowShared: true }, who)).toMatchObject({
      ok: true,
      value: {
        changed: true,
        shared: expect.stringContaining('whose members can replace the file') as string,
      },
    });
    expect(modeOf(file)).toBe(0o600);
  });

  it('or for everybody, as in WSL, is told apart: only for who says so, and with a warning each time', async () => {
    chmodSync(folder, 0o777);
    writeFileSync(file, 'old', { mode: 0o600 });
    giveAway(file);
    const who = ports({
      person: { uid: ME, groups: [], typeWithoutOwners: (at) => (at.startsWith(folder) ? '9p' : null) },
    });
    expect(await updateFile(file, write('new'), OWN, who)).toMatchObject({
      error: { code: 'shared-folder', message: expect.stringContaining('(9p)') as string },
    });
    expect(readFileSync(file, 'utf8')).toBe('old');
    for (const changed of [true, false]) {
      expect(await updateFile(file, write('new'), { allowShared: true }, who)).toMatchObject({
        ok: true,
        value: { changed, narrowedFrom: null, shared: expect.stringContaining('every user') as string },
      });
      expect(readFileSync(file, 'utf8')).toBe('new');
    }
  });
});

it('writes in a folder that everybody can write when only owners can rename in it, as in /tmp', async () => {
  chmodSync(folder, 0o1777);
  expect((await updateFile(file, write('new'))).ok).toBe(true);
});

it('removes what a crash left behind, and nothing that only looks like it', async () => {
  const stray = '..env.tokentray-0123456789ab.tmp';
  const kept = ['..env.tokentray-notes.tmp', '.other.tokentray-0123456789ab.tmp', 'x.tmp'];
  for (const name of [stray, ...kept]) writeFileSync(path.join(folder, name), 'old');
  await updateFile(file, write('new'));
  expect(names()).toEqual([...kept, '.env'].sort());
});

describe('git', () => {
  const git = (...args: string[]): void => {
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t.example', ...args], {
      stdio: 'ignore',
    });
  };
  const warnings = (): Promise<string[]> => nodeExportFiles.warnings(file);

  it('is not mentioned outside a repository', async () => {
    expect(await warnings()).toEqual([]);
  });

  it('would take a file that is not ignored: the line to ignore it is offered', async () => {
    git('init', '-q');
    expect(await warnings()).toEqual([expect.stringContaining('Add “/.env” to')]);
    writeFileSync(path.join(folder, '.gitignore'), '/.env\n');
    expect(await warnings()).toEqual([]);
  });

  it('tracks a file: how to stop that is said', async () => {
    git('init', '-q');
    writeFileSync(file, 'A=1\n');
    git('add', '.env');
    expect(await warnings()).toEqual([expect.stringContaining('git rm --cached .env')]);
  });

  it('is asked about this repository, whatever GIT_DIR says, and runs no hook of it', async () => {
    git('init', '-q');
    git('config', 'core.fsmonitor', `touch ${path.join(folder, 'ran')}; false`);
    process.env['GIT_DIR'] = '/nowhere';
    try {
      expect(await warnings()).toHaveLength(1);
    } finally {
      delete process.env['GIT_DIR'];
    }
    expect(names()).not.toContain('ran');
  });

  it('is told a name with wildcards as it is', async () => {
    git('init', '-q');
    file = path.join(folder, '*.env');
    writeFileSync(path.join(folder, 'a.env'), '');
    git('add', 'a.env');
    expect(await warnings()).toEqual([expect.stringContaining(String.raw`Add “/\*.env” to`)]);
  });
});
