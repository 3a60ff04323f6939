import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { limitConnections } from '../../../main/lib/connection-limit.ts';

let server: Server;
let limit: ReturnType<typeof limitConnections>;
let accepted: Socket[];
let clients: Socket[];

beforeEach(async () => {
  accepted = [];
  clients = [];
  server = createServer((socket) => accepted.push(socket.on('error', () => undefined)));
  limit = limitConnections(server, 3);
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
