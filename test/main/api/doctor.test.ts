import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnose } from '../../../main/api/doctor.ts';
import type { Services } from '../../../main/api/services.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { aConnection } from '../../fakes/window-data.ts';
import { dataFolderFinding, logFinding } from '../../../main/api/folder-finding.ts';

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

let folder: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-doctor-'));
  home = path.join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('doctor says of the data folder and the log', () => {
  it('that all is well, and leaves nothing behind', async () => {
    expect([await dataFolderFinding(home), await logFinding(home)]).toEqual([
      { check: 'data folder', ok: true, message: home },
      { check: 'log', ok: true, message: path.join(home, 'logs', 'tokentray.log') },
    ]);
    expect(readdirSync(home)).toEqual([]);
  });

  it('that it is not there any more', async () => {
    rmSync(home, { recursive: true });
    expect(await dataFolderFinding(home)).toEqual({
      check: 'data folder',
      ok: false,
      message: `Tokentray cannot write to ${home}: it does not exist.`,
      hint: expect.stringContaining('Restore it') as string,
    });
    expect(await logFinding(home)).toMatchObject({ check: 'log', ok: false });
  });

  it('that the log is no folder', async () => {
    writeFileSync(path.join(home, 'logs'), '');
    expect(await dataFolderFinding(home)).toMatchObject({ ok: true });
    expect(await logFinding(home)).toMatchObject({
      ok: false,
      message: expect.stringContaining('ENOTDIR') as string,
    });
  });

  it('that every user could put another one in its place', async () => {
    chmodSync(folder, 0o777);
    expect(await dataFolderFinding(home)).toMatchObject({
      ok: false,
      hint: `Prevent that: chmod o-w ${folder}`,
    });
  });

  it.runIf(isRoot)('that what it leads through is another user’s', async () => {
    const theirs = path.join(folder, 'theirs');
    mkdirSync(theirs);
    chownSync(theirs, 54_321, -1);
    symlinkSync(theirs, path.join(home, 'logs'));
    expect(await dataFolderFinding(home)).toMatchObject({ ok: true });
    expect(await logFinding(home)).toMatchObject({
      ok: false,
      message: expect.stringContaining(`${theirs} belongs to another user`) as string,
    });
    expect(readdirSync(theirs)).toEqual([]);
  });

  it.runIf(isRoot)('that its disk is full, or read-only', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'tmpfs', home]);
    try {
      expect(await dataFolderFinding(home)).toMatchObject({ ok: true });
      expect(() => {
        writeFileSync(path.join(home, 'filler'), Buffer.alloc(2 << 20));
      }).toThrow('ENOSPC');
      const full = { ok: false, message: `Tokentray cannot write to ${home}: its disk is full.` };
      expect([await dataFolderFinding(home), await logFinding(home)]).toMatchObject([full, full]);
      execFileSync('mount', ['-o', 'remount,ro', home]);
      expect(await dataFolderFinding(home)).toMatchObject({
        message: `Tokentray cannot write to ${home}: its disk is read-only.`,
      });
      expect(readdirSync(home)).toEqual(['filler']);
    } finally {
      execFileSync('umount', ['-l', home]);
    }
  });
});

const CLOSED = { url: null, fault: null };
const PORT_TAKEN = {
  url: null,
  fault: { code: 'port-taken', message: 'Port 7980 is taken.', hint: 'Choose another one.' },
};

const notice = { title: 'Outdated permissions', message: 'They open nothing.', hint: 'Ask for others.' };

const services = (change: object = {}): Services =>
  ({
    store: {
      fault: null,
      damaged: { list: () => [] },
      vault: { status: { state: 'session-only' } },
      keychainSessions: null,
      settings: { get: () => ({ refreshingPaused: false }) },
      connections: { get: () => null },
      network: { get: () => ({}) },
    },
    registry: { problems: () => [], list: () => [] },
    connections: { list: () => [aConnection(1, 0, { name: 'acme', notice }), aConnection(2, 0)] },
    network: { isUnverified: () => false },
    exports: { list: () => [] },
    clients: { list: () => [] },
    imports: { clearFiles: () => Promise.resolve([]) },
    gateway: { view: () => ({ gateway: PORT_TAKEN, mcp: CLOSED }) },
    app: { home },
    clock: systemClock,
    ...change,
  }) as unknown as Services;

it('doctor does not wait for a check that hangs, and says so', async () => {
  const clock = new FakeClock();
  const hangs = { clearFiles: () => new Promise<never>(() => undefined) };
  const diagnosed = diagnose(services({ clock, imports: hangs }));
  clock.advance(12_000);
  const findings = await diagnosed;
  expect(findings.filter(({ ok }) => !ok)).toContainEqual({
    check: 'tokens in the clear',
    ok: false,
    message: 'Files of other programs could not be checked within 12 s.',
    hint: expect.stringContaining('try again') as string,
  });
  expect(findings).toContainEqual({ check: 'database', ok: true, message: 'The database is available.' });
});

it('doctor names connections with a notice, and doors that cannot be opened, and what to do', async () => {
  const findings = await diagnose(services());
  expect(findings.filter(({ check }) => check === 'permissions')).toEqual([
    { check: 'permissions', ok: false, message: 'acme: They open nothing.', hint: 'Ask for others.' },
  ]);
  expect(findings.filter(({ check }) => check === 'gateway')).toEqual([
    { check: 'gateway', ok: false, message: 'Port 7980 is taken.', hint: 'Choose another one.' },
  ]);
});
