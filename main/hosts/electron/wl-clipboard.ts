import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import process from 'node:process';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';

/** Some compositors let only the focused window at the clipboard, and may never give `wl-copy` the focus. */
const LIMIT_MS = 2000;

/** The compositor's clipboard, reached without a window. */
export interface WlClipboard {
  /** Gives false when the text is not on the clipboard. */
  write(text: string): Promise<boolean>;
  /** Whether the text that was written last is still there. */
  readonly holds: boolean;
  /** Empties the clipboard, whatever is on it; best effort. */
  clear(): Promise<void>;
}

/**
 * `wl-copy` of wl-clipboard. The text goes to its standard input, as every user can read arguments. It exits with 0 once the
 * clipboard is set, and leaves a process behind that serves the text until somebody else copies.
 */
export function wlClipboard(parts: {
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
}): WlClipboard {
  const { clock } = parts;
  const runtime = parts.env['XDG_RUNTIME_DIR'];
  // It spools its input to a file that it deletes at once; since 2.3 it can be told to do that in memory.
  const env = runtime === undefined ? parts.env : { ...parts.env, TMPDIR: runtime };
  /** Open for as long as the process that serves the text runs; null when none does. */
  let serving: Socket | null = null;

  function run(args: readonly string[], input: string): Promise<'done' | 'refused' | 'unavailable'> {
    return new Promise((resolve) => {
      const child = spawn('wl-copy', args, {
        env,
        // A process group of its own, so that what hangs can be ended whole.
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      });
      let limit: Disposable | null = null;
      const settle = (outcome: 'done' | 'refused' | 'unavailable'): void => {
        void limit?.dispose();
        resolve(outcome);
      };
      limit = clock.setTimeout(() => {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
        settle('unavailable');
      }, LIMIT_MS);
      // The process that serves the text inherits the other end.
      const inherited = child.stdio[3] as Socket;
      inherited.unref().resume();
      inherited.on('error', () => undefined);
      inherited.on('close', () => {
        if (serving === inherited) serving = null;
      });
      child.on('error', () => {
        settle('unavailable');
      });
      child.on('exit', (code) => {
        if (code === 0 && !inherited.destroyed) serving = inherited;
        settle(code === 0 ? 'done' : 'refused');
      });
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
    });
  }

  return {
    async write(text) {
      const plain = ['--type', 'text/plain'];
      const written = await run([...plain, '--sensitive'], text);
      // Before 2.3 it does not know the mark for secrets.
      return (written === 'refused' ? await run(plain, text) : written) === 'done';
    },
    get holds() {
      return serving !== null;
    },
    async clear() {
      await run(['--clear'], '');
    },
  };
}
