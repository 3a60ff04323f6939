import { once } from 'node:events';
import { open } from 'node:fs/promises';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PipeIdentity } from '../../store/records.ts';
import type { PipeWaiter } from './pipe-system.ts';

/** Linux: a handle that only names a file. `fs.constants` has no name for it. */
const O_PATH = 0o10000000;

/** More than what fits into a pipe is read by the reader in its own time, which is not endless. */
const MOST_READING_MS = 10_000;

/** Opens what file descriptor 3 names, which waits for a reader; reports that; passes on what it gets, and ends. */
const AT_HANDLE = 'exec 4>/proc/self/fd/3 3>&-; echo; exec cat >&4';
/** The same by its path. What has been put there meanwhile is neither cut nor written to. */
const AT_PATH = '[ -p "$1" ] && exec 4>>"$1" && [ -p /dev/fd/4 ] || exit 3; echo; exec cat >&4';

/**
 * Waits for a reader in a process of its own: a shell that is blocked in open(2), which costs no processor time. In this process, an open would either
 * block one of Node's few threads for file work, or have to be tried again and again.
 */
export async function waitAtPipe(target: string, own: PipeIdentity): Promise<Omit<PipeWaiter, 'onMoved'>> {
  const { spawn } = await import('node:child_process');
  const handle = process.platform === 'linux' ? await open(target, O_PATH) : null;
  try {
    const stat = await handle?.stat({ bigint: true });
    if (stat !== undefined && (String(stat.dev) !== own.dev || String(stat.ino) !== own.ino)) return NOBODY;
    const script = handle === null ? AT_PATH : AT_HANDLE;
    const child = spawn('/bin/sh', ['-c', script, 'sh', target], {
      stdio: ['pipe', 'pipe', 'ignore', ...(handle === null ? [] : [handle.fd])],
      env: { PATH: '/usr/bin:/bin' },
      cwd: '/',
    });
    const { stdin, stdout } = child as { stdin?: Writable | null; stdout?: Readable | null };
    // Where too many files are open, it has no pipes, and says so in an event that would end the app if nobody heard it.
    child.on('error', () => undefined);
    if (!stdin || !stdout) throw new Error('a child without the pipes that it was given');
    // The reader went away, or never wanted it.
    stdin.on('error', () => undefined);
    const ended = once(child, 'close').then(
      () => undefined,
      () => undefined,
    );
    const opened = Promise.race([once(stdout, 'data').then(() => true), ended.then(() => false)]).catch(
      () => false,
    );
    return {
      pid: child.pid ?? 0,
      opened,
      send: async (bytes) => {
        stdin.end(bytes);
        const limit = new AbortController();
        const late = sleep(MOST_READING_MS, undefined, { signal: limit.signal }).catch(() => undefined);
        await Promise.race([ended, late]);
        limit.abort();
        child.kill('SIGKILL');
        await ended;
      },
      end: () => {
        child.kill('SIGKILL');
      },
    };
  } finally {
    await handle?.close();
  }
}

const NOBODY: Omit<PipeWaiter, 'onMoved'> = {
  pid: 0,
  opened: Promise.resolve(false),
  send: () => Promise.resolve(),
  end: () => undefined,
};
