import { lstatSync, watch, type FSWatcher } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';
import type { Disposable } from '../lib/disposable.ts';
import type { Result } from '../lib/result.ts';
import { closeServer } from './close-server.ts';

/** For folders whose changes the system does not report, such as on a network. */
const CHECK_EVERY_MS = 30_000;
/** Deleting a folder deletes the file in it first: wait, so as not to get in the way. */
const SETTLE_MS = 100;
const AGAIN_MS = 2000;

/** Identifies the file; null if it does not exist. Includes the time because the inode number of a deleted file is reused. */
function identify(address: string): string | null {
  try {
    const { dev, ino, ctimeMs } = lstatSync(address);
    return `${dev}:${ino}:${ctimeMs}`;
  } catch {
    return null;
  }
}

/**
 * Keeps a Unix socket reachable. If a cleaner of temporary folders deletes its file, nobody can find the server that is
 * still listening; so it listens again with a new file. Connections to the old one stay open.
 */
export function keepSocket(
  address: string,
  first: Server,
  listen: () => Promise<Result<Server>>,
): Disposable {
  const servers = new Set([first]);
  let current: { server: Server; file: string | null } | null = { server: first, file: identify(address) };
  let watcher: FSWatcher | null = null;
  let soon: NodeJS.Timeout | null = null;
  let renewing: Promise<void> | null = null;
  let closed = false;

  const renew = async (): Promise<void> => {
    watcher?.close();
    // Before the new one listens: closing removes whatever file is at the address.
    current?.server.close();
    const next = await listen();
    if (!next.ok) {
      current = null;
      checkIn(AGAIN_MS);
      return;
    }
    const server = next.value;
    servers.add(server);
    server.once('close', () => servers.delete(server));
    current = { server, file: identify(address) };
    watchFolder();
  };
  const check = (): void => {
    if (closed || renewing !== null || (current !== null && identify(address) === current.file)) return;
    renewing = renew().finally(() => {
      renewing = null;
      if (closed) watcher?.close();
    });
  };
  const checkIn = (delayMs: number): void => {
    soon ??= setTimeout(() => {
      soon = null;
      check();
    }, delayMs).unref();
  };
  const watchFolder = (): void => {
    try {
      watcher = watch(path.dirname(address), { persistent: false }, () => {
        checkIn(SETTLE_MS);
      });
      watcher.on('error', () => undefined);
    } catch {
      // The system has run out of watchers: the timer has to do.
    }
  };

  watchFolder();
  const timer = setInterval(check, CHECK_EVERY_MS);
  timer.unref();
  return {
    dispose: async () => {
      closed = true;
      clearInterval(timer);
      if (soon) clearTimeout(soon);
      watcher?.close();
      await renewing;
      await Promise.all([...servers].map(closeServer));
    },
  };
}
