import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Emitter } from '../../../main/lib/emitter.ts';
import { ok } from '../../../main/lib/result.ts';
import { createHttpRouter } from '../../../main/transports/http-router.ts';

let server: Server;
let port: number;
let dispatched: unknown[];
let unwritable = false;

beforeEach(async () => {
  dispatched = [];
  const router = createHttpRouter({
    dispatch: (_caller, name, input) => {
      dispatched.push([name, input]);
      // JSON has no such number.
      return unwritable ? ok(1n) : ok(input);
    },
    events: new Emitter<never>().event,
  });
  server = createServer((request, response) => {
    router(request, response, { caller: 'cli' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const call = (body: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/v1/echo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });

/** What comes back for a request sent as it is; `end` closes our side after it. */
const raw = (request: string, end = false): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const link = connect(port, '127.0.0.1', () => {
      if (end) link.end(request);
      else link.write(request);
    });
    link.on('data', (chunk) => (answer += chunk.toString('latin1')));
    link.on('error', () => undefined);
    link.on('close', () => {
      resolve(answer);
    });
  });

const head = (length: number): string =>
  `POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

it.each([['plain'], ['“quoted” ü 漢 🙂'], ['é'], ['']])('gives back %j byte for byte', async (text) => {
  const answer = await call(JSON.stringify({ text }));
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(bytes.toString('utf8')).toBe(JSON.stringify({ text }));
  expect(answer.headers.get('content-length')).toBe(String(bytes.byteLength));
});

it('gives each of many that come at once its own answer, where some of them are the same', async () => {
  const bodies = Array.from({ length: 30 }, (_, index) =>
    JSON.stringify({ value: index % 3 === 0 ? 'same' : `its own: ${index}`, for: { id: index % 2 } }),
  );
  const last = head(bodies[0]!.length).replace('Host: x', 'Host: x\r\nConnection: close') + bodies[0]!;
  const answers = await raw(bodies.map((body) => head(body.length) + body).join('') + last);
  expect(answers.match(/\{.*\}/g)).toEqual([...bodies, bodies[0]]);
});

it('ends the connection of an answer that cannot be written, and goes on', async () => {
  unwritable = true;
  await expect(call('{}')).rejects.toThrow();
  unwritable = false;
  expect(await (await call('{"a":1}')).json()).toEqual({ a: 1 });
});

it('takes no body for no input, and refuses what is not JSON', async () => {
  expect(await (await call('')).json()).toEqual({});
  const refused = await call('{');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { code: 'invalid-input' } });
  expect(dispatched).toEqual([['echo', {}]]);
});

it('cuts off a body that is too large, and carries out nothing of it', async () => {
  expect(await raw(`${head(600_000)}"${'x'.repeat(599_998)}"`)).toBe('');
  expect(dispatched).toEqual([]);
  expect((await call('{}')).status).toBe(200);
});

it('carries out nothing of a request that breaks off', async () => {
  expect(await raw(`${head(20)}{"text":`, true)).not.toContain('200 OK');
  expect(dispatched).toEqual([]);
  expect((await call('{}')).status).toBe(200);
});
