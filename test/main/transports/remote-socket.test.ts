import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { Emitter } from '../../../main/lib/emitter.ts';
import { createRemoteSocket, type RemoteKeys } from '../../../main/transports/remote-socket.ts';
import type { HttpRouter } from '../../../main/transports/http-router.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const KEY = 'key-1';
const changed = new Emitter<void>();
let holds: boolean;
let keys: RemoteKeys;
let socket: string;

beforeEach(() => {
  holds = true;
  keys = {
    onChange: changed.event,
    any: () => true,
    holder: (key) => (holds && key === KEY ? ({ name: 'ci' } as ReturnType<RemoteKeys['holder']>) : null),
  };
});

async function listen(router: HttpRouter): Promise<void> {
  const home = temporaryFolder();
  socket = path.join(home, 'run', 'remote', 'api.sock');
  const remote = createRemoteSocket({ address: socket, home, keys, router });
  onTestFinished(() => remote.dispose());
  await remote.ready();
  expect(remote.problem).toBeNull();
}

/** The status; null: the connection was closed without an answer. */
function ask(key: string): Promise<number | null> {
  return new Promise((resolve) => {
    const asking = request({ socketPath: socket, headers: { authorization: `Bearer ${key}` }, agent: false });
    asking.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    asking.on('error', () => {
      resolve(null);
    });
    asking.end();
  });
}

it('gives nothing to a key that was removed while its call was waiting', async () => {
  const waits = Promise.withResolvers<() => void>();
  await listen((_request, response) => {
    waits.resolve(() => response.end('secret'));
  });
  const answer = ask(KEY);
  const finish = await waits.promise;
  holds = false;
  changed.emit();
  finish();
  expect(await answer).toBeNull();
  expect(await ask(KEY)).toBe(401);
});

it('lets go of a key’s call when it has its answer, and leaves others alone', async () => {
  await listen((_request, response) => {
    changed.emit();
    response.end('value');
  });
  expect(await ask(KEY)).toBe(200);
  expect(await ask('key-2')).toBe(401);
});

it('closes connections without a key that are too many', async () => {
  await listen((_request, response) => response.end());
  const sockets = Array.from({ length: 80 }, () => connect(socket).on('error', () => undefined));
  onTestFinished(() => {
    for (const each of sockets) each.destroy();
  });
  const isClosed = (each: Socket): Promise<unknown> => once(each, 'close');
  // They are accepted in their order.
  await Promise.all(sockets.slice(64).map(isClosed));
  expect(sockets.slice(0, 64).some(({ closed }) => closed)).toBe(false);
  sockets[0]?.destroy();
  await expect.poll(() => ask(KEY)).toBe(200);
});

it('has no problem any more when nobody needs it', async () => {
  const home = temporaryFolder();
  // Where its folder should be is a file.
  writeFileSync(path.join(home, 'run'), '');
  let needed = true;
  keys = { ...keys, any: () => needed };
  socket = path.join(home, 'run', 'remote', 'api.sock');
  const remote = createRemoteSocket({ address: socket, home, keys, router: (_, response) => response.end() });
  onTestFinished(() => remote.dispose());
  let told = 0;
  remote.onChange(() => (told += 1));
  await remote.ready();
  expect(remote.problem).toMatch(/cannot be prepared/);
  needed = false;
  changed.emit();
  await remote.ready();
  expect(remote.problem).toBeNull();
  expect(told).toBe(2);
});

it('can be closed after a fault', async () => {
  const home = temporaryFolder();
  let isBroken = false;
  keys = {
    ...keys,
    any: () => {
      if (isBroken) throw new Error('a bug');
      return true;
    },
  };
  socket = path.join(home, 'run', 'remote', 'api.sock');
  const remote = createRemoteSocket({ address: socket, home, keys, router: (_, response) => response.end() });
  await remote.ready();
  isBroken = true;
  const faults: unknown[] = [];
  const notice = (fault: unknown): number => faults.push(fault);
  process.on('unhandledRejection', notice);
  changed.emit();
  await expect(remote.ready()).rejects.toThrow('a bug');
  process.off('unhandledRejection', notice);
  await remote.dispose();
  expect(await ask(KEY)).toBeNull();
});
