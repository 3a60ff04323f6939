import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import process from 'node:process';
import type { Clock } from '../../lib/clock.ts';
import type { Disposable } from '../../lib/disposable.ts';

/** Some compositors give only the focused window access to the clipboard, and may never focus `wl-copy`. */
const LIMIT_MS = 2000;

/** The compositor's clipboard, accessed without a window. */
export interface WlClipboard {
  /** False if the text could not be put on the clipboard. */
  write(text: string): Promise<boolean>;
  /** Whether the text that was written last is still there. */
  readonly holds: boolean;
  /** Empties the clipboard, whatever it contains; best effort. */
  clear(): Promise<void>;
}

/**
 * `wl-copy` of wl-clipboard. The text goes to its standard input, because every user can read arguments. It exits with 0
 * once the clipboard is set, and leaves a process running that serves the text until something else is copied.
 */
export function wlClipboard(parts: {
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
}): WlClipboard {
  const { clock } = parts;
  const runtime = parts.env['XDG_RUNTIME_DIR'];
  // It writes its input to a temporary file that it deletes at once; since 2.3 `TMPDIR` can point it to memory.
  const env = runtime === undefined ? parts.env : { ...parts.env, TMPDIR: runtime };
  /** Open as long as the process that serves the text runs; null if there is none. */
  let serving: Socket | null = null;

  function run(args: readonly string[], input: string): Promise<'done' | 'refused' | 'unavailable'> {
    return new Promise((resolve) => {
      const child = spawn('wl-copy', args, {
        env,
        // A separate process group, so that it can be killed completely if it hangs.
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      });
      let limit: Disposable | null = null;
      const finish = (outcome: 'done' | 'refused' | 'unavailable'): void => {
        void limit?.dispose();
        resolve(outcome);
      };
      limit = clock.setTimeout(() => {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
        finish('unavailable');
      }, LIMIT_MS);
      // The process that serves the text inherits the other end.
      const inherited = child.stdio[3] as Socket;
      inherited.unref().resume();
      inherited.on('error', () => undefined);
      inherited.on('close', () => {
        if (serving === inherited) serving = null;
      });
      child.on('error', () => {
        finish('unavailable');
      });
      child.on('exit', (code) => {
        if (code === 0 && !inherited.destroyed) serving = inherited;
        finish(code === 0 ? 'done' : 'refused');
      });
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
    });
  }

  return {
    async write(text) {
      const plain = ['--type', 'text/plain'];
      const written = await run([...plain, '--sensitive'], text);
      // Versions before 2.3 do not know `--sensitive`.
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
