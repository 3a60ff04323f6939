import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const NOBODY = 65_534;

/** A real Wayland compositor without a screen. */
export interface Compositor {
  /** What a client needs to find it. */
  readonly env: NodeJS.ProcessEnv;
  /** What another program gets from the clipboard; null when nothing is on it. */
  paste(): string | null;
  /** Another program copies. */
  copy(text: string): void;
  stop(): Promise<void>;
}

/** Throws when sway is not installed. */
export async function startCompositor(): Promise<Compositor> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-wayland-'));
  const config = path.join(folder, 'config');
  writeFileSync(config, 'xwayland disable\n');
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : null;
  if (user !== null) for (const each of [folder, config]) chownSync(each, user.uid, user.gid);
  const sway = spawn('sway', ['--config', config], {
    ...user,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
      WLR_BACKENDS: 'headless',
      WLR_LIBINPUT_NO_DEVICES: '1',
      WLR_RENDERER: 'pixman',
    },
    stdio: 'ignore',
  });
  await once(sway, 'spawn');
  const deadline = Date.now() + 20_000;
  while (!existsSync(path.join(folder, 'wayland-1'))) {
    if (Date.now() > deadline || sway.exitCode !== null) throw new Error('sway did not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const env = { XDG_RUNTIME_DIR: folder, WAYLAND_DISPLAY: 'wayland-1', XDG_SESSION_TYPE: 'wayland' };
  const client = { env: { ...process.env, ...env }, timeout: 10_000 };
  return {
    env,
    paste: () => {
      const { status, stdout } = spawnSync('wl-paste', ['--no-newline'], client);
      return status === 0 ? stdout.toString('utf8') : null;
    },
    copy: (text) => {
      spawnSync('wl-copy', [], { ...client, input: text, stdio: ['pipe', 'ignore', 'ignore'] });
    },
    stop: async () => {
      await end(sway);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
