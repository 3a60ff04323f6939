import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConsumerRequest } from '../../main/consumers/ports.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { DisposableStack } from '../../main/lib/disposable.ts';
import { ok } from '../../main/lib/result.ts';
import { gatewayParts, portOf, type GatewayParts, closing } from '../fakes/gateway-parts.ts';
import { speakingServer } from '../fakes/speaking-server.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

const TOKEN = 'upstream-secret-1';

const ends = new DisposableStack();
afterEach(() => ends.dispose());

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** A hand-written upstream. */
async function anUpstream(serve: Serve): Promise<string> {
  const server = createHttpServer({ keepAliveTimeout: 60_000 }, serve);
  const port = await portOf(server);
  ends.add(closing(server));
  return `http://127.0.0.1:${port}`;
}

/** One that speaks for itself, a connection at a time. */
async function aRawUpstream(speak: (socket: Socket, head: string) => void): Promise<string> {
  const { port } = ends.add(await speakingServer(speak));
  return `http://127.0.0.1:${port}`;
}

interface Gateway {
  parts: GatewayParts;
  url: string;
  key: string;
  ask: (path: string, init?: RequestInit) => Promise<Response>;
  raw: (text: string) => Promise<string>;
}

async function aGateway(site: string, given: Parameters<typeof gatewayParts>[0] = {}): Promise<Gateway> {
  const parts = ends.add(gatewayParts(given));
  parts.connect('acme', site, TOKEN);
  const { key } = parts.consumers.key();
  const url = await parts.url();
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { 'x-tokentray-key': key, ...(init.headers as Record<string, string> | undefined) },
    });
  return { parts, url, key, ask, raw: (text) => rawAnswer(Number(new URL(url).port), text) };
}

/** What comes back for these bytes, until the connection ends or is quiet after an answer. */
function rawAnswer(port: number, text: string, quietMs = 5000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let answer = '';
    const end = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(quietMs, end);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.write(text, 'latin1');
  });
}

const until = async (condition: () => boolean): Promise<void> => {
  await expect.poll(condition, { interval: 10 }).toBe(true);
};

const echo: Serve = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url, headers, rawHeaders } = request;
    const body = Buffer.concat(chunks).toString('latin1');
    response.end(JSON.stringify({ method, url, headers, rawHeaders, body }));
  });
};

describe('a request goes on with the credential', () => {
  it.each([
    ['a token', (key: string) => `Bearer ${key}`],
    ['a password', (key: string) => `Basic ${Buffer.from(`ana:${key}`).toString('base64')}`],
  ])('with the key as %s', async (_, authorization) => {
    const { url, key } = await aGateway(await anUpstream(echo));
    const answer = await fetch(`${url}/acme/jira/rest/api/3/issue/A-1?x=%2f&y=..`, {
      headers: { authorization: authorization(key), cookie: 'a=b', 'x-forwarded-for': '1.2.3.4' },
    });
    const seen = (await answer.json()) as { url: string; headers: Record<string, string> };
    expect(seen.url).toBe('/ex/jira/cloud-acme/rest/api/3/issue/A-1?x=%2f&y=..');
    expect(seen.headers['authorization']).toBe(`Bearer ${TOKEN}`);
    expect(seen.headers).not.toHaveProperty('cookie');
    expect(seen.headers).not.toHaveProperty('x-forwarded-for');
    expect(JSON.stringify(seen)).not.toContain(key);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    '%s with its body, of known and of unknown length',
    async (method) => {
      const { ask } = await aGateway(await anUpstream(echo));
      const known = (await (await ask('/acme/root/x', { method, body: 'hello' })).json()) as { body: string };
      expect(known).toMatchObject({ method, body: 'hello', headers: { 'content-length': '5' } });
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from('in '));
          controller.enqueue(Buffer.from('parts'));
          controller.close();
        },
      });
      const answer = await ask('/acme/root/x', { method, body, duplex: 'half' } as RequestInit);
      const parts: unknown = await answer.json();
      expect(parts).toMatchObject({ body: 'in parts', headers: { 'transfer-encoding': 'chunked' } });
    },
  );

  it('and the answer comes back without what is the upstream’s own', async () => {
    const { ask, url } = await aGateway(
      await anUpstream((_, response) => {
        response.writeHead(303, {
          'set-cookie': 'session=1',
          'alt-svc': 'h3=":443"',
          'access-control-allow-origin': '*',
          etag: '"1"',
          location: '/ex/jira/cloud-acme/other?x',
          link: '</ex/jira/cloud-acme/n>; rel="next"',
        });
        response.end('see other');
      }),
    );
    const answer = await ask('/acme/jira/x');
    expect(answer.status).toBe(303);
    expect(await answer.text()).toBe('see other');
    expect(answer.headers.get('location')).toBe(`${url}/acme/jira/other?x`);
    expect(answer.headers.get('link')).toBe(`<${url}/acme/jira/n>; rel="next"`);
    expect(answer.headers.get('etag')).toBe('"1"');
    for (const name of ['set-cookie', 'alt-svc', 'access-control-allow-origin'])
      expect(answer.headers.has(name)).toBe(false);
  });

  it('ranges, conditions, HEAD, 204 and 304 pass', async () => {
    const { ask } = await aGateway(
      await anUpstream((request, response) => {
        if (request.url === '/204') response.writeHead(204).end();
        else if (request.headers['if-none-match'] === '"1"') response.writeHead(304, { etag: '"1"' }).end();
        else if (request.headers.range !== undefined)
          response.writeHead(206, { 'content-range': 'bytes 0-1/9', 'content-length': '2' }).end('ab');
        else
          response
            .writeHead(200, { 'content-length': '9' })
            .end(request.method === 'HEAD' ? '' : 'abcdefghi');
      }),
    );
    expect((await ask('/acme/root/204')).status).toBe(204);
    expect((await ask('/acme/root/x', { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
    const part = await ask('/acme/root/x', { headers: { range: 'bytes=0-1' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 0-1/9',
      'ab',
    ]);
    const head = await ask('/acme/root/x', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '9', '']);
  });

  it('the wish for an interim answer reaches the upstream, and its answer the client', async () => {
    const seen: string[] = [];
    const site = await aRawUpstream((socket, head) => {
      seen.push(head);
      if (head.includes('xpect:')) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
    });
    const { url, key } = await aGateway(site);
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.write(
      `PUT /acme/root/x HTTP/1.1\r\nHost: ${new URL(url).host}\r\nX-Tokentray-Key: ${key}\r\nExpect: 100-continue\r\nContent-Length: 4\r\nConnection: close\r\n\r\n`,
    );
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    await until(() => answer.startsWith('HTTP/1.1 100 Continue'));
    socket.write('body');
    await once(socket, 'close');
    expect(answer).toContain('HTTP/1.1 200 OK');
    expect(seen.at(-1)).toBe('body');
  });
});

describe('a stream', () => {
  it('begins before its first byte, and its client’s leaving reaches the upstream', async () => {
    let left = false;
    const { ask, parts } = await aGateway(
      await anUpstream((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.flushHeaders();
        response.on('close', () => (left = true));
      }),
    );
    const abort = new AbortController();
    const answer = await ask('/acme/root/events', { signal: abort.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    abort.abort();
    await until(() => left && parts.consumers.underWay === 0);
  });

  it('goes only as fast as the client reads', async () => {
    let written = 0;
    const { url, key } = await aGateway(
      await anUpstream((_, response) => {
        response.writeHead(200);
        const chunk = Buffer.alloc(64 * 1024);
        const more = (): void => {
          while (written < 1 << 28) {
            written += chunk.byteLength;
            if (!response.write(chunk)) return;
          }
        };
        response.on('drain', more);
        more();
      }),
    );
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.write(
      `GET /acme/root/x HTTP/1.1\r\nHost: ${new URL(url).host}\r\nX-Tokentray-Key: ${key}\r\n\r\n`,
    );
    socket.pause();
    let before = -1;
    await until(() => {
      const isStill = before === written && written > 0;
      before = written;
      return isStill;
    });
    expect(written).toBeLessThan(1 << 26);
    socket.destroy();
  });

  it('of the client that is answered before its end leaves nothing behind', async () => {
    const { ask, parts } = await aGateway(
      await aRawUpstream((socket) => {
        socket.pause();
        socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\n\r\ntoo large');
      }),
    );
    const answer = await ask('/acme/root/x', { method: 'POST', body: Buffer.alloc(3 << 20) }).catch(
      () => null,
    );
    if (answer !== null) expect(answer.status).toBe(413);
    await until(() => parts.consumers.underWay === 0);
  });

  it('ends when its consumer is removed', async () => {
    let left = false;
    const { ask, parts } = await aGateway(
      await anUpstream((_, response) => {
        response.write('first');
        response.on('close', () => (left = true));
      }),
    );
    const answer = await ask('/acme/root/events');
    parts.consumers.remove(parts.consumers.list()[0]!.id);
    await expect(answer.text()).rejects.toThrow();
    await until(() => left && parts.consumers.underWay === 0);
  });
});

describe('a request that is held', () => {
  it('is answered in words when its key is removed, and its key is asked again before it goes', async () => {
    let sent = 0;
    const { ask, parts } = await aGateway(
      await anUpstream((_, response) => {
        sent += 1;
        response.end();
      }),
    );
    const held: ConsumerRequest[] = [];
    parts.consumers.admit = (request) => {
      held.push(request);
      return new Promise(() => undefined);
    };
    const waiting = ask('/acme/root/x', { method: 'POST', body: 'x' });
    await until(() => held.length === 1);
    expect(held[0]?.keyWorks()).toBe(true);
    parts.consumers.remove(parts.consumers.list()[0]!.id);
    const answer = await waiting;
    expect([answer.status, answer.headers.get('x-tokentray-error')]).toEqual([403, 'forbidden']);
    expect(await answer.text()).toContain('was removed or has ended');
    expect([held[0]?.keyWorks(), sent]).toEqual([false, 0]);
  });
});

describe('an upstream that fails', () => {
  it('is not there: 502 in words, without the credential', async () => {
    const { ask } = await aGateway('http://127.0.0.1:1');
    const answer = await ask('/acme/root/x');
    expect([answer.status, answer.headers.get('x-tokentray-error')]).toEqual([502, 'offline']);
    const text = await answer.text();
    expect(text).toContain('127.0.0.1:1');
    expect(text).not.toContain(TOKEN);
  });

  it.each([
    ['resets', (socket: Socket) => socket.resetAndDestroy()],
    ['says nothing sensible', (socket: Socket) => socket.end('nonsense\r\n\r\n')],
    ['ends within the headers', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-')],
    [
      'switches protocols unasked',
      (socket: Socket) => socket.write('HTTP/1.1 101 X\r\nUpgrade: y\r\nConnection: upgrade\r\n\r\n'),
    ],
  ])('%s: 502', async (_, speak) => {
    const { ask, parts } = await aGateway(await aRawUpstream(speak));
    const answer = await ask('/acme/root/x', { method: 'POST' });
    expect([answer.status, answer.headers.get('x-tokentray-error')]).toEqual([502, 'temporary']);
    await until(() => parts.consumers.underWay === 0);
  });

  it('cuts its answer: the client sees that it is not whole', async () => {
    const { ask, parts } = await aGateway(
      await aRawUpstream((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')),
    );
    await expect(ask('/acme/root/x').then((answer) => answer.text())).rejects.toThrow();
    await until(() => parts.consumers.underWay === 0);
  });

  it('stalls: 504 after two minutes, and not before', async () => {
    const clock = new FakeClock();
    let asked = false;
    const { ask } = await aGateway(await aRawUpstream(() => (asked = true)), { clock });
    const answer = ask('/acme/root/x');
    await until(() => asked);
    let isOver = false;
    void answer.then(() => (isOver = true));
    await clock.advanceAsync(119_000);
    expect(isOver).toBe(false);
    await clock.advanceAsync(2000);
    expect((await answer).status).toBe(504);
  });

  it('closes a kept connection under a request: repeated once when that is safe, else 502', async () => {
    const perSocket = new Map<Socket, number>();
    const methods: string[] = [];
    const { ask } = await aGateway(
      await aRawUpstream((socket, head) => {
        methods.push(head.slice(0, head.indexOf(' ')));
        const count = (perSocket.get(socket) ?? 0) + 1;
        perSocket.set(socket, count);
        if (count === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        else socket.resetAndDestroy();
      }),
    );
    expect((await ask('/acme/root/1')).status).toBe(200);
    expect((await ask('/acme/root/2')).status).toBe(200);
    expect((await ask('/acme/root/3', { method: 'POST' })).status).toBe(502);
    expect(methods).toEqual(['GET', 'GET', 'GET', 'POST']);
  });
});

describe('a 401 of an upstream', () => {
  const strict =
    (good: () => string): Serve =>
    (request, response) => {
      const isGood = request.headers.authorization === `Bearer ${good()}`;
      if (!isGood) response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end();
      else echo(request, response);
    };

  it('renews once for everybody, and repeats with bodies', async () => {
    let refreshes = 0;
    const { ask, parts } = await aGateway(await anUpstream(strict(() => 'renewed')));
    parts.refresh = async (id) => {
      refreshes += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      await parts.renew(id, 'renewed');
      return ok({ kind: 'refreshed', expiresAt: null });
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ask(`/acme/root/${index}`, index % 2 === 0 ? {} : { method: 'POST', body: `body ${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(await answers[7]!.json()).toMatchObject({ body: 'body 7' });
    expect(refreshes).toBe(1);
  });

  it('is 503 with words when nothing better comes, and does not renew again for each', async () => {
    let refreshes = 0;
    const { ask, parts } = await aGateway(await anUpstream(strict(() => 'never')));
    parts.refresh = async (id) => {
      refreshes += 1;
      await parts.renew(id, `renewed-${refreshes}`);
      return ok({ kind: 'refreshed', expiresAt: null });
    };
    for (let time = 0; time < 3; time += 1) {
      const answer = await ask('/acme/root/x');
      expect([answer.status, answer.headers.get('x-tokentray-error')]).toEqual([503, 'needs-reconnect']);
      expect(answer.headers.has('www-authenticate')).toBe(false);
      expect(await answer.text()).toContain('“acme”');
    }
    expect(refreshes).toBe(1);
  });

  it('that names scopes is a permission that is missing: nothing is renewed, and they are named', async () => {
    let refreshes = 0;
    const challenge = 'Bearer error="insufficient_scope", scope="read:me <x> write:me"';
    const { ask, parts } = await aGateway(
      await anUpstream((_request, response) =>
        response.writeHead(401, { 'www-authenticate': challenge }).end(),
      ),
    );
    parts.refresh = () => {
      refreshes += 1;
      return Promise.resolve(ok({ kind: 'refreshed', expiresAt: null }));
    };
    const answer = await ask('/acme/root/x');
    expect([answer.status, answer.headers.get('x-tokentray-error'), refreshes]).toEqual([
      403,
      'missing-scope',
      0,
    ]);
    expect(await answer.text()).toContain('It asks for: read:me, write:me.');
  });

  it('to an upload that cannot be sent again is 503 with Retry-After', async () => {
    const { ask, parts } = await aGateway(await anUpstream(strict(() => 'renewed')));
    parts.refresh = async (id) => {
      await parts.renew(id, 'renewed');
      return ok({ kind: 'refreshed', expiresAt: null });
    };
    const body = new ReadableStream({
      async pull(controller) {
        controller.enqueue(Buffer.alloc(256 * 1024));
        await new Promise((resolve) => setTimeout(resolve, 5));
        if ((sent += 1) > 20) controller.close();
      },
    });
    let sent = 0;
    const slow = await aGateway(
      await anUpstream((request, response) => {
        request.resume().on('end', () => response.writeHead(401).end());
      }),
    );
    slow.parts.refresh = async (id) => {
      await slow.parts.renew(id, 'renewed');
      return ok({ kind: 'refreshed', expiresAt: null });
    };
    const answer = await slow.ask('/acme/root/x', { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await ask('/acme/root/x')).status).toBe(200);
  });

  it('is not needed when the token would end within a minute: it is renewed before', async () => {
    const { ask, parts } = await aGateway(await anUpstream(strict(() => 'fresh')));
    const site = await anUpstream(strict(() => 'fresh'));
    const beta = parts.connect('beta', site, 'old', { expiresAt: systemClock.now() + 30_000 });
    const given = parts.freshTokens;
    parts.freshTokens = async (id, minTtlMs) => {
      if (id === beta.id && minTtlMs >= 60_000) await parts.renew(id, 'fresh', systemClock.now() + 3_600_000);
      return given(id, minTtlMs);
    };
    expect((await ask('/beta/root/x')).status).toBe(200);
  });
});

describe('nobody without a key gets a byte', () => {
  it.each([
    ['no key', ''],
    ['an unknown key', `X-Tokentray-Key: ttk_${'a'.repeat(43)}\r\n`],
    ['the upstream’s own token', `Authorization: Bearer ${TOKEN}\r\n`],
  ])('%s: the same answer wherever it points', async (_, header) => {
    let reached = 0;
    const { url, raw } = await aGateway(
      await anUpstream((_request, response) => response.end(String((reached += 1)))),
    );
    const host = new URL(url).host;
    const answers = await Promise.all(
      ['/', '/acme/root/x', '/nope/root/x', '/acme/nope/x', '/acme', '/acme/root/../x', '//x'].map(
        async (path) =>
          (await raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${header}Connection: close\r\n\r\n`)).replace(
            /^Date: .*\r\n/m,
            '',
          ),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^HTTP\/1\.1 401 /);
    expect(answers[0]).toContain('WWW-Authenticate'.toLowerCase());
    expect(reached).toBe(0);
  });

  it.each([
    ['Origin: https://evil.example\r\n'],
    ['Origin: null\r\n'],
    ['Sec-Fetch-Site: cross-site\r\n'],
    ['Sec-Fetch-Site: same-site\r\n'],
    ['Access-Control-Request-Method: GET\r\n'],
  ])('web pages, even with a key: %j', async (header) => {
    let reached = 0;
    const { url, key, raw } = await aGateway(await anUpstream(() => (reached += 1)));
    const head = `Host: ${new URL(url).host}\r\nX-Tokentray-Key: ${key}\r\nConnection: close\r\n`;
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const answer = await raw(`${method} /acme/root/x HTTP/1.1\r\n${head}${header}\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      expect(answer.toLowerCase()).not.toMatch(/access-control|www-authenticate/);
    }
    expect(reached).toBe(0);
  });

  it('names that lead here without being ours', async () => {
    const { url, key, raw } = await aGateway(await anUpstream(echo));
    const { port } = new URL(url);
    for (const host of [
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.2:${port}`,
      `localhost.evil.example:${port}`,
      '',
    ])
      expect(
        await raw(
          `GET /acme/root/x HTTP/1.1\r\nHost: ${host}\r\nX-Tokentray-Key: ${key}\r\nConnection: close\r\n\r\n`,
        ),
      ).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(
      await raw(
        `GET /acme/root/x HTTP/1.1\r\nHost: LOCALHOST:${port}\r\nX-Tokentray-Key: ${key}\r\nConnection: close\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('the key of an MCP client is for the address that it signed in to, not for this one', async () => {
    const { parts, url } = await aGateway(await anUpstream(echo));
    const added = parts.consumers.add({
      kind: 'mcp-client',
      name: 'Claude Code',
      connections: null,
      rules: [{ then: 'allow' }],
      limits: {},
      expiresAt: null,
      client: { id: 'mcp_1', redirectHost: '127.0.0.1' },
    });
    const key = added.ok ? added.value.key : '';
    expect((await fetch(`${url}/acme/root/x`, { headers: { 'x-tokentray-key': key } })).status).toBe(401);
  });

  it('clients that look for a sign-in here find none', async () => {
    const { url } = await aGateway(await anUpstream(echo));
    for (const name of [
      'oauth-protected-resource/acme/mcp',
      'oauth-authorization-server',
      'openid-configuration',
    ]) {
      const answer = await fetch(`${url}/.well-known/${name}`);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([404, null]);
      expect(answer.headers.get('content-type')).toContain('application/json');
    }
  });

  it('a key opens its own connections: the others look as if they did not exist', async () => {
    const { parts, url } = await aGateway(await anUpstream(echo));
    const own = parts.connect('own', 'http://127.0.0.1:1', 'x');
    const { key } = parts.consumers.key(new Set([own.id]), 'second');
    const ask = async (path: string): Promise<string> => {
      const answer = await fetch(`${url}${path}`, { headers: { 'x-tokentray-key': key } });
      return `${answer.status} ${await answer.text()}`;
    };
    expect(await ask('/acme/root/x')).toBe(await ask('/nope/root/x'));
    expect(await ask('/acme/root/x')).toMatch(/^404 /);
    expect(await ask('/')).toMatch(/^200 /);
    expect(await ask('/')).not.toContain('acme');
  });
});

describe('malformed requests', () => {
  it('tunnels and other protocols are refused', async () => {
    const { url, key, raw } = await aGateway(await anUpstream(echo));
    const head = `Host: ${new URL(url).host}\r\nX-Tokentray-Key: ${key}\r\n`;
    expect(await raw(`CONNECT evil.example:443 HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 405 /);
    expect(
      await raw(`GET /acme/root/x HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(`TRACE /acme/root/x HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(
      await raw(`GET /acme/root/x HTTP/1.1\r\n${head}Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('a body of GET passes when it says how long it is', async () => {
    const { url, key, raw } = await aGateway(await anUpstream(echo));
    const head = `Host: ${new URL(url).host}\r\nX-Tokentray-Key: ${key}\r\nConnection: close\r\n`;
    expect(await raw(`GET /acme/root/x HTTP/1.1\r\n${head}Content-Length: 3\r\n\r\nabc`)).toContain(
      '"body":"abc"',
    );
    expect(
      await raw(
        `GET /acme/root/x HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('headers that never end are given up', async () => {
    const { url, raw } = await aGateway(await anUpstream(echo));
    const begun = performance.now();
    expect(await rawAnswer(Number(new URL(url).port), 'GET / HTTP/1.1\r\nX-A: ', 30_000)).toMatch(
      /^HTTP\/1\.1 408 |^$/,
    );
    expect(performance.now() - begun).toBeLessThan(25_000);
    expect(await raw(`GET / HTTP/1.1\r\nX-A: ${'a'.repeat(70_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 |^$/);
  });
});

it('thousands of requests of every kind leave no handle behind', async () => {
  const { ask, parts } = await aGateway(
    await anUpstream((request, response) => {
      if (request.url === '/cut') response.write('x', () => response.destroy());
      else if (request.url === '/hang') response.write('x');
      else response.end('ok');
    }),
  );
  const handles = (): number =>
    process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout/.test(kind)).length;
  const round = async (): Promise<void> => {
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const path = ['/acme/root/x', '/acme/root/cut', '/acme/root/hang'][index % 3]!;
        const abort = new AbortController();
        const answer = await ask(path, { signal: abort.signal }).catch(() => null);
        if (path.endsWith('hang')) abort.abort();
        await answer?.text().catch(() => undefined);
      }),
    );
  };
  await round();
  const before = handles();
  for (let times = 0; times < 20; times += 1) await round();
  await until(() => parts.consumers.underWay === 0);
  await expect.poll(handles).toBeLessThan(before + 40);
});
