import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestListener,
} from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { ConsumerRequest } from '../../main/consumers/ports.ts';
import { DisposableStack } from '../../main/lib/disposable.ts';
import { gatewayParts, portOf, type GatewayParts, closing } from '../fakes/gateway-parts.ts';

const TOKEN = 'upstream-secret-1';
const ends = new DisposableStack();
afterEach(() => ends.dispose());

async function aGateway(serve: RequestListener): Promise<{ parts: GatewayParts; url: string }> {
  const server = createServer(serve);
  const port = await portOf(server);
  ends.add(closing(server));
  const parts = ends.add(gatewayParts());
  parts.connect('acme', `http://127.0.0.1:${port}`, TOKEN);
  // So that the gateway listens.
  parts.consumers.key();
  return { parts, url: await parts.url() };
}

/** With headers that `fetch` would put together. */
function ask(
  url: string,
  headers: readonly string[],
  body?: string,
): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const { host, hostname, port, pathname } = new URL(url);
    const method = body === undefined ? 'GET' : 'POST';
    const length = body === undefined ? [] : ['Content-Length', String(body.length)];
    const sent = httpRequest({
      ...{ hostname, port, path: pathname, method, agent: false },
      headers: ['Host', host, ...length, ...headers],
    });
    sent.on('response', (answer) => {
      answer.resume().on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

it('a token that an MCP client was given is no key of the gateway', async () => {
  let reached = 0;
  const { parts, url } = await aGateway((_, response) => {
    reached += 1;
    response.end();
  });
  const added = parts.consumers.add({
    ...{ kind: 'mcp-client', name: 'client', connections: null, rules: [], limits: {}, expiresAt: null },
    client: { id: 'mcp_1', redirectHost: '127.0.0.1' },
  });
  if (!added.ok) throw new Error(added.error.message);
  const headers = ['X-Tokentray-Key', added.value.key];
  expect((await ask(`${url}/acme/jira/x`, headers)).status).toBe(401);
  expect((await ask(`${url}/`, headers)).status).toBe(401);
  expect(reached).toBe(0);
});

it.each([
  ['application/json', ['Content-Type', 'application/json']],
  ['application/json', ['Content-Type', 'application/json; charset=UTF-8']],
  ['application/json', ['Content-Type', 'application/json;charset="utf-8"; odata=x']],
  ['', ['Content-Type', 'application/json', 'Content-Type', 'application/x-www-form-urlencoded']],
  ['', ['Content-Type', 'application/json; charset=ISO-2022-JP']],
  ['', ['Content-Type', 'application/json; charset=utf-8; charset=utf-16']],
  ['', ['Content-Type', 'application/json', 'Content-Encoding', 'deflate']],
])('rules see the content type %j of %j', async (seen, headers) => {
  const { parts, url } = await aGateway((request, response) => {
    request.resume();
    response.end();
  });
  const { key } = parts.consumers.key(null, 'second');
  const asked: ConsumerRequest[] = [];
  const { admit } = parts.consumers;
  parts.consumers.admit = (request, signal) => {
    asked.push(request);
    return admit(request, signal);
  };
  expect((await ask(`${url}/acme/jira/x`, ['X-Tokentray-Key', key, ...headers], '{}')).status).toBe(200);
  expect(asked.map(({ contentType }) => contentType)).toEqual([seen]);
});

it('a header of an answer that repeats the credential is not passed back', async () => {
  const { parts, url } = await aGateway((request, response) => {
    response.setHeader('X-Debug', `authorization=${request.headers.authorization ?? ''}`);
    response.setHeader('X-Token', TOKEN);
    response.setHeader('X-Other', 'kept');
    response.end();
  });
  const { key } = parts.consumers.key(null, 'second');
  const { headers } = await ask(`${url}/acme/jira/x`, ['X-Tokentray-Key', key]);
  expect(headers['x-other']).toBe('kept');
  expect(JSON.stringify(headers)).not.toContain(TOKEN);
});
