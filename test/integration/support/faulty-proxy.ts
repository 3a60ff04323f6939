import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fetch } from '../../../main/lib/bounded-fetch.ts';
import { disposable, type Disposable } from '../../../main/lib/disposable.ts';

/** What becomes of a request. The last three lose the answer after the server has processed the request. */
export const PROXY_FAULTS = ['reset', 'error', 'page', 'busy', 'lost', 'cut', 'silent'] as const;
export type ProxyFault = (typeof PROXY_FAULTS)[number];

export interface FaultyProxyOptions {
  /** The token endpoint behind it. */
  target: string;
  fault: () => ProxyFault | null;
  /** Takes a replaced refresh token again and repeats the answer, as servers with a reuse window do. */
  forgives: boolean;
}

export interface FaultyProxy extends Disposable {
  readonly url: string;
  /** What clients must never do: one line for each time. */
  readonly violations: string[];
  /** How many refresh tokens were replaced, the answer lost on its way at least once. */
  readonly lostAnswers: () => number;
  /** How often each refresh token was sent. */
  readonly uses: Map<string, number>;
  readonly delivered: () => number;
  /** Has to be what the client sends its requests with: only there it is known which answers arrived. */
  watched(fetch: Fetch): Fetch;
  readonly mostInFlight: () => number;
}

/** Stands before a token endpoint, injects faults and watches how refresh tokens are used. */
export async function startFaultyProxy(options: FaultyProxyOptions): Promise<FaultyProxy> {
  const { target, fault, forgives } = options;
  const violations: string[] = [];
  const lost = new Set<string>();
  /** Of tokens whose answer was sent whole. On a busy machine the client may have given up before it came. */
  const onTheWay = new Set<string>();
  const uses = new Map<string, number>();
  const inFlight = new Set<string>();
  const replaced = new Set<string>();
  const answers = new Map<string, string>();
  let delivered = 0;
  let mostInFlight = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece as string;
    const token = tokenIn(body);
    uses.set(token, (uses.get(token) ?? 0) + 1);
    if (inFlight.has(token)) violations.push('one refresh token in two requests at once');
    if (replaced.has(token)) violations.push('a refresh token known to be replaced was used');
    // It asks again, so it never had that answer.
    if (onTheWay.delete(token)) lost.add(token);
    inFlight.add(token);
    mostInFlight = Math.max(mostInFlight, inFlight.size);
    // The client may give up on a silent one: then it is under way no more.
    response.on('close', () => inFlight.delete(token));
    await answer(token, body, fault(), response);
  }

  async function answer(
    token: string,
    body: string,
    kind: ProxyFault | null,
    response: ServerResponse,
  ): Promise<void> {
    switch (kind) {
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'error':
        json(response, 503, '{"error":"temporarily_unavailable"}');
        return;
      case 'page':
        response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>No</h1>');
        return;
      case 'busy':
        json(response, 429, '{"error":"slow_down"}', { 'retry-after': '0' });
        return;
      case 'lost':
      case 'cut':
      case 'silent':
      case null:
        await pass(token, body, kind, response);
    }
  }

  async function pass(
    token: string,
    body: string,
    loss: 'lost' | 'cut' | 'silent' | null,
    response: ServerResponse,
  ): Promise<void> {
    const { status, text } = await ask(token, body);
    if (loss !== null) {
      if (status === 200) lost.add(token);
      if (loss === 'lost') response.socket?.resetAndDestroy();
      if (loss === 'cut') json(response, status, text.slice(0, text.length / 2));
      return;
    }
    if (status === 200) onTheWay.add(token);
    json(response, status, text);
  }

  const watched =
    (fetch: Fetch): Fetch =>
    async (url, init) => {
      const answer = await fetch(url, init);
      const token = init?.body instanceof URLSearchParams ? tokenIn(init.body) : '';
      if (onTheWay.delete(token)) {
        replaced.add(token);
        delivered += 1;
      }
      return answer;
    };

  async function ask(token: string, body: string): Promise<{ status: number; text: string }> {
    const known = answers.get(token);
    if (known !== undefined) return { status: 200, text: known };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const result = await fetch(target, { method: 'POST', headers: form, body });
    const text = await result.text();
    if (forgives && result.ok) answers.set(token, text);
    return { status: result.status, text };
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((fault: unknown) => {
      violations.push(`the proxy failed: ${String(fault)}`);
      response.destroy();
    });
  });
  // Whoever closes an idle connection while a request comes loses that: here only the client does.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    violations,
    lostAnswers: () => new Set([...lost, ...onTheWay]).size,
    watched,
    uses,
    delivered: () => delivered,
    mostInFlight: () => mostInFlight,
    ...disposable(async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }),
  };
}

const tokenIn = (form: string | URLSearchParams): string =>
  new URLSearchParams(form).get('refresh_token') ?? '';

function json(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}
