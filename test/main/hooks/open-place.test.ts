import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { openPlace } from '../../../main/hooks/open-place.ts';
import { systemProgram } from '../../../main/hooks/system-program.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { thisPerson, type Person } from '../../../main/lib/step-owners.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

let folder: string;
let program: string;
beforeEach(() => {
  folder = path.join(temporaryFolder(), 'bin');
  program = path.join(folder, 'notify');
  mkdirSync(folder);
  writeFileSync(program, '#!/bin/sh\ncat > "$0.ran"\n', { mode: 0o755 });
});

const person = (): Person => ({ ...thisPerson()!, typeWithoutOwners: () => null });
const open = (file = program): string | null => openPlace(file, person());

it.skipIf(process.platform === 'win32')('a program that only its owner can change is run', () => {
  expect([open(), open('/bin/sh'), open('notify'), open(path.join(folder, 'missing'))]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

it.skipIf(process.platform === 'win32')('finds where every user could put another in its place', () => {
  const link = path.join(path.dirname(folder), 'link');
  symlinkSync(program, link);
  chmodSync(program, 0o757);
  expect([open(), open(link)]).toEqual([program, program]);
  chmodSync(program, 0o755);
  chmodSync(folder, 0o777);
  expect([open(), open(link)]).toEqual([folder, folder]);
  chmodSync(folder, 0o1777);
  expect(open()).toBeNull();
  // As another user, who did not put it there.
  const other = { ...person(), uid: 54_321n };
  const isRoot = process.getuid?.() === 0;
  expect(openPlace(program, other)).toBe(isRoot ? null : program);
});

it.skipIf(process.platform === 'win32')(
  'nothing of an event is given to a program that is open',
  async () => {
    chmodSync(folder, 0o777);
    const start = systemProgram({ env: {}, cwd: '/', clock: systemClock });
    const { ended } = start({ program, args: [], input: 'secret', limitMs: 5000 });
    expect(await ended).toEqual({ end: { kind: 'refused', place: folder }, stderr: '', cut: false });
  },
);
