// A real Wayland compositor; `wl-paste`, another client of it, says what is on the clipboard.
import { readFileSync, readdirSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { waylandClipboard } from '../../main/hosts/electron/clipboard.ts';
import { wlClipboard, type WlClipboard } from '../../main/hosts/electron/wl-clipboard.ts';
import type { Clipboard } from '../../main/core/host.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { startCompositor, type Compositor } from './support/compositor.ts';

const SECRET = 'a-token-that-was-copied';

let compositor: Compositor;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  compositor = await startCompositor();
  env = { ...process.env, ...compositor.env };
});
afterAll(async () => {
  await compositor.stop();
});

/** Electron's clipboard without a focused window: it takes everything, and answers with it. */
function lyingClipboard(): Clipboard & { cleared: number } {
  let cache = '';
  const clipboard = {
    cleared: 0,
    writeSecret: (text: string) => {
      cache = text;
      return Promise.resolve({ ok: true as const, value: undefined });
    },
    clearIfHolds: (text: string) => {
      if (cache === text) clipboard.cleared++;
      return Promise.resolve();
    },
  };
  return clipboard;
}

describe('without the focus', () => {
  const clipboard = (): Clipboard =>
    waylandClipboard({
      electron: lyingClipboard(),
      wl: wlClipboard({ env, clock: systemClock }),
      focused: () => false,
    });

  it('a copy is there for other programs, and goes again', async () => {
    compositor.copy('before');
    const ours = clipboard();
    expect(await ours.writeSecret(SECRET)).toMatchObject({ ok: true });
    expect(compositor.paste()).toBe(SECRET);
    await ours.clearIfHolds(SECRET);
    expect(compositor.paste()).toBeNull();
  });

  it('what the person copied meanwhile stays', async () => {
    const wl = wlClipboard({ env, clock: systemClock });
    const ours = waylandClipboard({ electron: lyingClipboard(), wl, focused: () => false });
    await ours.writeSecret(SECRET);
    expect(wl.holds).toBe(true);
    compositor.copy('copied by the person');
    await expect.poll(() => wl.holds).toBe(false);
    await ours.clearIfHolds(SECRET);
    expect(compositor.paste()).toBe('copied by the person');
  });

  it('one copy after another: the last one is there, and goes again', async () => {
    const ours = clipboard();
    await ours.writeSecret('first');
    await ours.writeSecret(SECRET);
    expect(compositor.paste()).toBe(SECRET);
    await ours.clearIfHolds(SECRET);
    expect(compositor.paste()).toBeNull();
  });

  it('the text is no argument of any process, and no file of ours is left behind', async () => {
    const ours = clipboard();
    await ours.writeSecret(SECRET);
    const commands = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => {
        try {
          return readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        } catch {
          return '';
        }
      });
    expect(commands.some((command) => command.includes('wl-copy'))).toBe(true);
    expect(commands.filter((command) => command.includes(SECRET))).toEqual([]);
    await ours.clearIfHolds(SECRET);
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith('wl-copy-buffer'));
    await expect.poll(() => left.filter((name) => readdirSync(tmpdir()).includes(name))).toEqual([]);
  });
});

describe('where wl-copy does not serve', () => {
  let bin: string;

  beforeEach(() => {
    bin = mkdtempSync(path.join(tmpdir(), 'tokentray-wl-'));
  });
  afterEach(() => {
    rmSync(bin, { recursive: true, force: true });
  });

  const fake = (script: string): WlClipboard => {
    const file = path.join(bin, 'wl-copy');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return wlClipboard({ env: { ...env, PATH: `${bin}:${env['PATH'] ?? ''}` }, clock: systemClock });
  };

  it.each([
    ['is not installed', () => wlClipboard({ env: { PATH: bin }, clock: systemClock })],
    ['finds no compositor', () => wlClipboard({ env: { PATH: env['PATH'] }, clock: systemClock })],
    ['never gets the focus', () => fake(`echo $$ >${bin}/pid; exec sleep 60`)],
  ])('because it %s: nothing is said to be copied', async (_, wl) => {
    const clipboard = waylandClipboard({ electron: lyingClipboard(), wl: wl(), focused: () => false });
    expect(await clipboard.writeSecret(SECRET)).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  });

  it('one that hangs is ended', async () => {
    await fake(`echo $$ >${bin}/pid; exec sleep 60`).write(SECRET);
    const pid = Number(readFileSync(path.join(bin, 'pid'), 'utf8'));
    await vi.waitFor(() => {
      expect(() => process.kill(pid, 0)).toThrow();
    });
  });

  it('the mark for secrets is left out where it is not known, and given where it is', async () => {
    const old = fake(`case "$*" in *--sensitive*) exit 1;; esac; cat >${bin}/text`);
    expect(await old.write(SECRET)).toBe(true);
    expect(readFileSync(path.join(bin, 'text'), 'utf8')).toBe(SECRET);
    const fresh = fake(`echo "$*" >${bin}/args; cat >/dev/null`);
    expect(await fresh.write(SECRET)).toBe(true);
    expect(readFileSync(path.join(bin, 'args'), 'utf8')).toContain('--sensitive');
  });
});

it('under a focused window Electron’s clipboard is used, to copy and to clear', async () => {
  compositor.copy('before');
  const electron = lyingClipboard();
  const clipboard = waylandClipboard({
    electron,
    wl: wlClipboard({ env, clock: systemClock }),
    focused: () => true,
  });
  await clipboard.writeSecret(SECRET);
  expect(compositor.paste()).toBe('before');
  await clipboard.clearIfHolds(SECRET);
  expect(electron.cleared).toBe(1);
});
