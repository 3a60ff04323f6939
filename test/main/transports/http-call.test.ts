import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallFrom } from '../../../main/api/call-from.ts';
import { ok, type Result } from '../../../main/lib/result.ts';
import { Emitter } from '../../../main/lib/emitter.ts';
import { createHttpRouter } from '../../../main/transports/http-router.ts';
import type { HttpCaller } from '../../../main/transports/http-call.ts';

let server: Server;
let from: CallFrom;
let answer: (result: Result<unknown>) => void;
let called: Promise<void>;
let caller: HttpCaller = { caller: 'cli' };

beforeEach(async () => {
  caller = { caller: 'cli' };
  called = new Promise((resolve) => {
    const router = createHttpRouter({
      dispatch: (given) => {
        from = given;
        resolve();
        return new Promise((later) => (answer = later));
      },
      events: new Emitter<never>().event,
    });
    server = createServer((request, response) => {
      router(request, response, caller);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

async function client(header = '') {
  const link = connect((server.address() as AddressInfo).port, '127.0.0.1');
  link.write(
    `POST /v1/status HTTP/1.1\r\nHost: x\r\n${header}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
  );
  await called;
  return link;
}

it('tells when the client leaves before its answer', async () => {
  const link = await client();
  const left = new Promise((resolve) => from.signal?.addEventListener('abort', resolve));
  link.destroy();
  await left;
  expect(from.signal?.aborted).toBe(true);
});

it('has left already for who asks afterwards', async () => {
  const link = await client();
  const closed = new Promise((resolve) => from.socket?.once('close', resolve));
  link.destroy();
  await closed;
  expect(from.signal?.aborted).toBe(true);
});

it('does not take a client that has its answer for one that left', async () => {
  const link = await client();
  const { signal } = from;
  const answered = new Promise((resolve) => link.once('data', resolve));
  answer(ok({}));
  await answered;
  const closed = new Promise((resolve) => from.socket?.once('close', resolve));
  link.destroy();
  await closed;
  expect(signal?.aborted).toBe(false);
});

it.each([
  ['cli', true],
  ['browser', false],
] as const)('has the connection of a call from the %s: %s', async (kind, has) => {
  caller = { caller: kind };
  const link = await client();
  expect(from.socket?.remotePort === link.localPort).toBe(has);
});

it.each([
  [
    'Prefer: processing\r\n',
    /^HTTP\/1\.1 102 Processing\r\nTokentray-Waits-For: approval\r\n\r\nHTTP\/1\.1 200 /,
  ],
  ['', /^HTTP\/1\.1 200 /],
])('says that the person has to decide first to who wants to know: %j', async (header, answers) => {
  const link = await client(`${header}Connection: close\r\n`);
  let text = '';
  link.on('data', (piece) => (text += piece.toString()));
  from.waitsForPerson?.();
  answer(ok({}));
  await new Promise((resolve) => link.once('close', resolve));
  expect(text).toMatch(answers);
});
