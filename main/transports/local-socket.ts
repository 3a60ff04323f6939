import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { pipeSecretFile } from '../../contract/paths.ts';
import { disposable, type Disposable } from '../lib/disposable.ts';
import { ok, type Result } from '../lib/result.ts';
import { closeServer } from './close-server.ts';
import type { HttpCaller } from './http-call.ts';
import type { HttpRouter } from './http-router.ts';
import { keepSocket } from './keep-socket.ts';
import { listenAt } from './unix-socket.ts';

const COMMAND_LINE: HttpCaller = { caller: 'cli' };

/** Of the folder and the socket: nobody else may reach it. */
const PRIVATE = { folder: 0o700, socket: 0o600 };

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
  const listen = (): Promise<Result<Server>> =>
    listenAt({ address, home, modes: pipe ? null : PRIVATE }, (request, response) => {
      if (secret !== null && !carries(request, secret)) {
        response.writeHead(401).end();
        return;
      }
      router(request, response, COMMAND_LINE);
    });
  const first = await listen();
  if (!first.ok) return first;
  // A pipe has no file that could be deleted.
  return ok(pipe ? disposable(() => closeServer(first.value)) : keepSocket(address, first.value, listen));
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
