import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Whose } from '../../../main/lib/peer-owner.ts';
import { limitConnections } from '../../../main/lib/connection-limit.ts';

let server: Server;
let limit: ReturnType<typeof limitConnections>;
let accepted: Socket[];
let clients: Socket[];
/** Whose the accepted ones are, in their order; the person's own unless it says otherwise. */
let others: Record<number, Whose>;
/** Until then nobody is told whose they are. */
let asked: PromiseWithResolvers<void> | null;

beforeEach(async () => {
  accepted = [];
  clients = [];
  others = {};
  asked = null;
  server = createServer((socket) => accepted.push(socket.on('error', () => undefined)));
  const ask = async (sockets: readonly Socket[]): Promise<Whose[]> => {
    await asked?.promise;
    return sockets.map((socket) => others[accepted.indexOf(socket)] ?? 'own');
  };
  limit = limitConnections(server, 3, ask, 9);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  for (const client of clients) client.destroy();
  server.close();
});

async function open(): Promise<Socket> {
  const client = connect((server.address() as { port: number }).port, '127.0.0.1');
  clients.push(client.on('error', () => undefined).resume());
  await once(server, 'connection');
  await new Promise(setImmediate);
  return client;
}
const openOnes = (): number[] => accepted.flatMap((socket, index) => (socket.destroyed ? [] : [index]));

it('lets the oldest go for a new one, but none that is proven', async () => {
  for (let index = 0; index < 4; index += 1) await open();
  expect(openOnes()).toEqual([1, 2, 3]);
  limit.prove(accepted[1]!);
  await open();
  await open();
  expect(openOnes()).toEqual([1, 4, 5]);
});

it('turns a new one away where all are proven, until one of them ends', async () => {
  for (let index = 0; index < 3; index += 1) {
    await open();
    limit.prove(accepted[index]!);
  }
  await open();
  expect(openOnes()).toEqual([0, 1, 2]);
  clients[0]!.destroy();
  await once(accepted[0]!, 'close');
  await open();
  expect(openOnes()).toEqual([1, 2, 4]);
});

it('lets connections of other users go first, and the newest of the person’s own stays', async () => {
  others = { 1: 'stranger', 2: 'stranger', 4: 'stranger', 5: 'unknown' };
  for (let index = 0; index < 4; index += 1) await open();
  expect(openOnes()).toEqual([0, 2, 3]);
  for (let index = 4; index < 7; index += 1) await open();
  expect(openOnes()).toEqual([0, 3, 6]);
});

it('waits for the answer before it lets anybody go, though not with any number of connections', async () => {
  asked = Promise.withResolvers();
  others = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index + 1, 'stranger']));
  for (let index = 0; index < 12; index += 1) await open();
  expect(openOnes()).toHaveLength(12);
  await open();
  await open();
  expect(openOnes()).toHaveLength(12);
  expect(accepted).toHaveLength(14);
  asked.resolve();
  await expect.poll(openOnes).toHaveLength(3);
  // The last one is the person's own.
  expect(openOnes()).toContain(13);
});

it('keeps one that comes while it asks whose the others are, though all are the person’s own', async () => {
  asked = Promise.withResolvers();
  for (let index = 0; index < 7; index += 1) await open();
  // The first four were asked about; the next question waits for its answer too.
  const first = asked;
  asked = Promise.withResolvers();
  first.resolve();
  await new Promise(setImmediate);
  expect(openOnes()).toContain(6);
  asked.resolve();
  await expect.poll(openOnes).toEqual([4, 5, 6]);
});
