import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MARK = 'TOKENTRAY_PICTURES_GROUP';

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

/**
 * Runs this program once more, as a process group with a temporary folder of its own: core, keyring and bus end and their
 * files go with it, however it ends, and after `longestMs` at the latest. Gives its exit code; null within that group.
 */
export async function inOwnGroup(longestMs: number): Promise<number | null> {
  if (process.env[MARK] !== undefined) {
    // Who started it has gone, even if it was killed.
    process.stdin.once('close', () => {
      endGroup(process.pid);
    });
    process.stdin.resume().unref();
    return null;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'));
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    detached: true,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, [MARK]: '1', TMPDIR: folder },
  });
  const end = (): void => {
    endGroup(child.pid!);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  const timer = setTimeout(() => {
    console.error(`Not done after ${longestMs / 60_000} minutes: ended.`);
    end();
  }, longestMs);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  end();
  rmSync(folder, { recursive: true, force: true });
  return code ?? 1;
}
