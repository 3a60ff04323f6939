import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { markAccepted } from '../lib/accepted-at.ts';
import { systemCode } from '../lib/system-code.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { distrust } from './trusted-socket.ts';

export interface SocketPlace {
  readonly address: string;
  readonly home: string;
  /** Permission bits of the folder and of the socket; null for a named pipe, which has neither. */
  readonly modes: { readonly folder: number; readonly socket: number } | null;
  /** More are closed at once; by default there is no limit. */
  readonly maxConnections?: number;
}

/** Listens at a place where nobody else can have put anything: a socket file that already exists there is stale. */
export async function listenAt(
  { address, home, modes, maxConnections }: SocketPlace,
  serve: RequestListener,
): Promise<Result<Server>> {
  if (modes !== null) {
    const folder = prepareFolder(address, home, modes.folder);
    if (!folder.ok) return folder;
  }
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 }, serve);
  if (maxConnections !== undefined) server.maxConnections = maxConnections;
  server.on('connection', markAccepted);
  const listening = await new Promise<Result<void>>((resolve) => {
    // Stays for later faults, such as too many open files: one connection is lost then, not the app.
    server.on('error', (fault: NodeJS.ErrnoException) => {
      resolve(
        fail(
          'io',
          `Cannot listen on ${address} (${fault.code ?? 'unknown'}).`,
          'Check the folder and its permissions.',
        ),
      );
    });
    server.listen(address, () => {
      resolve(ok(undefined));
    });
  });
  if (!listening.ok) return listening;
  try {
    if (modes !== null) chmodSync(address, modes.socket);
  } catch {
    // Removed in between, so nobody can have connected.
    server.close();
    return fail('io', `${address} was removed while it was made.`, 'Check what cleans that folder.');
  }
  return ok(server);
}

/** Makes sure that nobody else could have created the folder or the socket, and that nothing is at the address. */
function prepareFolder(address: string, home: string, mode: number): Result<void> {
  const folder = path.dirname(address);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    if (found.isDirectory() && found.uid === process.getuid?.()) {
      chmodSync(folder, mode);
      rmSync(address, { force: true });
    }
    const distrusted = distrust(address, home);
    return distrusted === null ? ok(undefined) : failure(distrusted);
  } catch (fault) {
    const code = systemCode(fault);
    return fail(
      'io',
      `The folder ${folder} cannot be prepared (${code}).`,
      'Check the folder and its permissions.',
    );
  }
}
