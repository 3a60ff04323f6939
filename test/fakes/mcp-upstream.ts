import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedMcp {
  method: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Whether the connection ended before the answer did. */
  cut: boolean;
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** An MCP server that records what it is asked; answers can be replaced. */
export class McpUpstreamServer {
  readonly received: ReceivedMcp[] = [];
  answer: Answer = echo;
  readonly #server = createServer((request, response) => {
    void this.#serve(request, response);
  });

  static async start(): Promise<McpUpstreamServer> {
    const started = new McpUpstreamServer();
    started.#server.listen(0, '127.0.0.1');
    await once(started.#server, 'listening');
    return started;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v2/mcp`);
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString('utf8');
    const received = { method: request.method ?? '', headers: request.headers, body, cut: false };
    this.received.push(received);
    response.once('close', () => {
      received.cut = !response.writableFinished;
    });
    this.answer(request, response, body);
  }
}

/** A session for `initialize`, and the method's name as the result of everything. */
function echo(request: IncomingMessage, response: ServerResponse, body: string): void {
  if (request.method !== 'POST') {
    response.writeHead(request.method === 'DELETE' ? 204 : 405).end();
    return;
  }
  const { id, method } = JSON.parse(body) as { id?: number; method?: string };
  if (id === undefined) {
    response.writeHead(202).end();
    return;
  }
  const session = method === 'initialize' ? { 'mcp-session-id': `session-${String(id)}` } : {};
  response
    .writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'a=b', ...session })
    .end(JSON.stringify({ jsonrpc: '2.0', id, result: { asked: method } }));
}
