import { lstatSync, watch, type FSWatcher } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';
import type { Disposable } from '../lib/disposable.ts';
import type { Result } from '../lib/result.ts';
import { closeServer } from './close-server.ts';

/** For where the system does not report changes of a folder, such as on a network. */
const CHECK_EVERY_MS = 30_000;
/** Who removes a folder removes the file in it first: not to be in their way. */
const SETTLE_MS = 100;
const AGAIN_MS = 2000;

/** Which file it is; null when nobody finds it. With the time: the number of a removed file is used again. */
function identify(address: string): string | null {
  try {
    const { dev, ino, ctimeMs } = lstatSync(address);
    return `${dev}:${ino}:${ctimeMs}`;
  } catch {
    return null;
  }
}

/**
 * Keeps a Unix socket reachable: cleaners of temporary folders remove its file, and then nobody finds the server that
 * still listens. It listens anew then; connections to the old one stay.
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
    // Before the next: closing removes the file at the address, whichever that is.
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
      // The system has no more of them to give: the timer has to do.
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
