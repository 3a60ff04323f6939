import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { DisposableStack } from '../../../main/lib/disposable.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { gatewayParts, portOf, type GatewayParts } from '../../fakes/gateway-parts.ts';

const ends = new DisposableStack();
afterEach(() => ends.dispose());

async function taken(): Promise<{ port: number; server: TcpServer }> {
  const server = createTcpServer();
  const port = await portOf(server);
  ends.add({ dispose: () => void server.close() });
  return { port, server };
}

const closed = (server: Server | TcpServer): Promise<unknown> =>
  new Promise((resolve) => server.close(resolve));

async function freePort(): Promise<number> {
  const { port, server } = await taken();
  await closed(server);
  return port;
}

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

async function aDoor(
  port: number,
  serve: Serve = (_, response) => response.end('ok'),
): Promise<{ parts: GatewayParts; clock: FakeClock; key: string }> {
  const server = createServer(serve);
  const upstream = await portOf(server);
  ends.add({
    dispose: async () => {
      server.closeAllConnections();
      await closed(server);
    },
  });
  const clock = new FakeClock();
  const parts = ends.add(gatewayParts({ clock, port }));
  parts.connect('acme', `http://127.0.0.1:${upstream}`, 'token-1');
  const { key } = parts.consumers.key();
  return { parts, clock, key };
}

const settled = (parts: GatewayParts, state: object): Promise<void> =>
  expect.poll(() => parts.doors.gateway.state).toMatchObject(state);

const listens = (parts: GatewayParts, port: number): Promise<void> =>
  settled(parts, { url: `http://127.0.0.1:${port}`, fault: null });

const status = async (port: number, key: string): Promise<number | 'refused'> =>
  fetch(`http://127.0.0.1:${port}/acme/root/x`, { headers: { 'x-tokentray-key': key } }).then(
    ({ status: answered }) => answered,
    () => 'refused',
  );

test('a port that is taken is named; the door opens there once it is free', async () => {
  const { port, server } = await taken();
  const { parts, clock, key } = await aDoor(port);
  await settled(parts, { url: null, fault: { code: 'port-taken' } });
  expect(parts.doors.gateway.state.fault?.message).toContain(String(port));
  await closed(server);
  await clock.advanceAsync(29_000);
  expect(parts.doors.gateway.state.url).toBeNull();
  await clock.advanceAsync(1000);
  await listens(parts, port);
  expect(await status(port, key)).toBe(200);
});

test('what is under way goes on to its end when the port is changed; new requests come by the new one', async () => {
  const [before, after] = [await freePort(), await freePort()];
  let received = '';
  const streams: ServerResponse[] = [];
  const { parts, key } = await aDoor(before, (request, response) => {
    if (request.method === 'GET') {
      response.write('begun ');
      streams.push(response);
      return;
    }
    request.on('data', (chunk: Buffer) => (received += chunk.toString()));
    request.on('end', () => response.end('stored'));
  });
  await listens(parts, before);
  const agent = new Agent({ keepAlive: true });
  ends.add({
    dispose: () => {
      agent.destroy();
    },
  });
  const ask = (method: string) =>
    httpRequest({
      agent,
      host: '127.0.0.1',
      port: before,
      path: '/acme/root/x',
      method,
      headers: { 'x-tokentray-key': key },
    });
  const answerOf = async (sent: ReturnType<typeof ask>): Promise<IncomingMessage> =>
    ((await once(sent, 'response')) as [IncomingMessage])[0];
  const rest = async (answer: IncomingMessage): Promise<string> => {
    let text = '';
    for await (const chunk of answer as AsyncIterable<Buffer>) text += chunk.toString();
    return text;
  };
  const upload = ask('PUT');
  upload.write('first ');
  await expect.poll(() => received).toBe('first ');
  const stream = ask('GET');
  stream.end();
  const streamed = await answerOf(stream);

  parts.changePort(after);
  await listens(parts, after);
  expect(await status(before, key)).toBe('refused');
  const second = fetch(`http://127.0.0.1:${after}/acme/root/x`, { headers: { 'x-tokentray-key': key } });
  await expect.poll(() => streams.length).toBe(2);
  for (const response of streams) response.end('whole');
  upload.end('second');
  expect(await rest(await answerOf(upload))).toBe('stored');
  expect(received).toBe('first second');
  expect(await rest(streamed)).toBe('begun whole');
  expect(await (await second).text()).toBe('begun whole');
  // Nobody stays at the old one, whoever keeps its connection.
  await expect.poll(() => Object.keys(agent.freeSockets).length + Object.keys(agent.sockets).length).toBe(0);
});

test('a connection that is kept at the old port ends with its next answer', async () => {
  const [before, after] = [await freePort(), await freePort()];
  const held: ServerResponse[] = [];
  const { parts, key } = await aDoor(before, (_, response) => void held.push(response));
  await listens(parts, before);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (): Promise<string | undefined> => {
    const sent = httpRequest({
      agent,
      host: '127.0.0.1',
      port: before,
      path: '/acme/root/x',
      headers: { 'x-tokentray-key': key },
    });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.headers.connection;
  };
  const [first, next] = [ask(), ask()];
  await expect.poll(() => held.length).toBe(1);
  parts.changePort(after);
  await listens(parts, after);
  held[0]?.end();
  expect(await first).toBe('keep-alive');
  await expect.poll(() => held.length).toBe(2);
  held[1]?.end();
  expect(await next).toBe('close');
  agent.destroy();
});

test('a port that is taken in the settings is named, and the old one is left; changed again, it opens', async () => {
  const [before, after] = [await freePort(), await freePort()];
  const { port: foreign } = await taken();
  const { parts, key } = await aDoor(before);
  await listens(parts, before);
  parts.changePort(foreign);
  await settled(parts, { url: null, fault: { code: 'port-taken' } });
  expect(await status(before, key)).toBe('refused');
  parts.changePort(await freePort());
  parts.changePort(after);
  await listens(parts, after);
  expect(await status(after, key)).toBe(200);
  parts.changePort(before);
  await listens(parts, before);
  expect(await status(before, key)).toBe(200);
});

test('what is under way at an old port ends with the last key', async () => {
  const [before, after] = [await freePort(), await freePort()];
  const { parts, key } = await aDoor(before, (_, response) => void response.write('begun'));
  await listens(parts, before);
  const answer = await fetch(`http://127.0.0.1:${before}/acme/root/x`, {
    headers: { 'x-tokentray-key': key },
  });
  parts.changePort(after);
  await listens(parts, after);
  parts.consumers.remove(parts.consumers.list()[0]!.id);
  await settled(parts, { url: null, fault: null });
  await expect(answer.text()).rejects.toThrow();
  expect(await status(after, key)).toBe('refused');
});
