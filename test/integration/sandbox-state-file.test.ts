import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../main/lib/clock.ts';
import { startSandbox } from '../../main/sandbox/start-sandbox.ts';
import { refreshAtSandbox, tokensFromSandbox } from './support/sandbox-sign-in.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokentray-sandbox-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('with a state file tokens outlive a restart; the file is private and the only one', async () => {
  const stateFile = join(folder, 'state.json');
  const before = await startSandbox({ clock: systemClock, stateFile });
  const { refresh_token = '' } = await tokensFromSandbox(before);
  const rotated = (await (await refreshAtSandbox(before, refresh_token)).json()) as { refresh_token: string };
  await before.dispose();
  expect(statSync(stateFile).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['state.json']);

  const after = await startSandbox({ clock: systemClock, stateFile });
  try {
    // At the same address: the first request may still go over a connection that was closed.
    await fetch(after.url).catch(() => undefined);
    expect((await refreshAtSandbox(after, rotated.refresh_token)).status).toBe(200);
    expect(after.control.totals()).toMatchObject({ current: 1, unknown: 0 });
  } finally {
    await after.dispose();
  }
});

test('without one, a restart makes every refresh token unknown', async () => {
  const before = await startSandbox({ clock: systemClock });
  const { refresh_token = '' } = await tokensFromSandbox(before);
  await before.dispose();
  const after = await startSandbox({ clock: systemClock });
  try {
    expect((await refreshAtSandbox(after, refresh_token)).status).toBe(403);
  } finally {
    await after.dispose();
  }
});

test('a state file that cannot be read as one starts anew', async () => {
  const stateFile = join(folder, 'state.json');
  writeFileSync(stateFile, '{"version":1,"key":');
  const sandbox = await startSandbox({ clock: systemClock, stateFile });
  try {
    await tokensFromSandbox(sandbox);
    expect(sandbox.control.view().grants).toHaveLength(1);
  } finally {
    await sandbox.dispose();
  }
});

test('with a state file it is at the same address again, or says where it was', async () => {
  const stateFile = join(folder, 'state.json');
  const before = await startSandbox({ clock: systemClock, stateFile });
  await before.dispose();
  const again = await startSandbox({ clock: systemClock, stateFile });
  expect(again).toMatchObject({ url: before.url, movedFrom: null });
  // Its port is taken while the first one still has it.
  const moved = await startSandbox({ clock: systemClock, stateFile });
  try {
    expect(moved.url).not.toBe(before.url);
    expect(moved.movedFrom).toBe(before.url);
  } finally {
    await again.dispose();
    await moved.dispose();
  }
  const settled = await startSandbox({ clock: systemClock, stateFile });
  try {
    expect(settled).toMatchObject({ url: moved.url, movedFrom: null });
  } finally {
    await settled.dispose();
  }
});
