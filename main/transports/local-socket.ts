import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { pipeSecretFile } from '../../contract/paths.ts';
import { markAccepted } from '../lib/accepted-at.ts';
import { disposable, type Disposable } from '../lib/disposable.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import { closeServer } from './close-server.ts';
import { distrust } from './trusted-socket.ts';
import type { HttpCaller } from './http-call.ts';
import type { HttpRouter } from './http-router.ts';
import { keepSocket } from './keep-socket.ts';
import { systemCode } from '../lib/system-code.ts';

const COMMAND_LINE: HttpCaller = { caller: 'cli' };

/**
 * Listens for the command line. A Unix socket of mode 0600 in a folder of mode 0700 keeps other users out; a
 * named pipe is open to them, so there each start creates a secret that only the owner can read.
 *
 * The caller must hold the writer lock: a socket file that already exists is then stale.
 */
export async function listenOnLocalSocket(
  address: string,
  home: string,
  router: HttpRouter,
): Promise<Result<Disposable>> {
  const pipe = process.platform === 'win32';
  const secret = pipe ? writePipeSecret(home) : null;
  const listen = (): Promise<Result<Server>> => listenOn(address, home, router, secret);
  const first = await listen();
  if (!first.ok) return first;
  // A pipe has no file that could be deleted.
  return ok(pipe ? disposable(() => closeServer(first.value)) : keepSocket(address, first.value, listen));
}

async function listenOn(
  address: string,
  home: string,
  router: HttpRouter,
  secret: string | null,
): Promise<Result<Server>> {
  if (secret === null) {
    const folder = prepareFolder(address, home);
    if (!folder.ok) return folder;
  }
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 }, (request, response) => {
    if (secret !== null && !carries(request, secret)) {
      response.writeHead(401).end();
      return;
    }
    router(request, response, COMMAND_LINE);
  });
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
    if (secret === null) chmodSync(address, 0o600);
  } catch {
    // Removed in between, so nobody can have connected.
    server.close();
    return fail('io', `${address} was removed while it was made.`, 'Check what cleans that folder.');
  }
  return ok(server);
}

/** Makes sure that nobody else could have created the folder or the socket, and that nothing is at the address. */
function prepareFolder(address: string, home: string): Result<void> {
  const folder = path.dirname(address);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    if (found.isDirectory() && found.uid === process.getuid?.()) {
      chmodSync(folder, 0o700);
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

function writePipeSecret(home: string): string {
  const secret = randomBytes(32).toString('base64url');
  const file = pipeSecretFile(home, process.platform);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  rmSync(file, { force: true });
  writeFileSync(file, secret, { mode: 0o600, flag: 'wx' });
  return secret;
}

function carries(request: IncomingMessage, secret: string): boolean {
  const expected = Buffer.from(`Bearer ${secret}`);
  const given = Buffer.from(request.headers.authorization ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
