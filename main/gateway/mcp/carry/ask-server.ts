import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { z } from 'zod';
import { parseJson } from '../http.ts';
import type { McpResource } from '../ports.ts';
import type { Exchange } from './exchange.ts';
import { NotAsked } from './not-asked.ts';

/** The answer to a message, as far as the way reads it. */
export const RpcAnswer = z.lazy(() =>
  z.looseObject({
    id: z.union([z.string(), z.number()]).nullable().optional(),
    result: z.looseObject({}).optional(),
    error: z.looseObject({ message: z.string().optional() }).optional(),
  }),
);
export type RpcAnswer = z.infer<typeof RpcAnswer>;

const MAX_BYTES = 4 * 1024 * 1024;
const REVISION = '2025-11-25';
const LIMIT_MS = 60_000;

/** The whole body. Rejects when it is too long. */
export async function readAnswer(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The answer to `id` in a body that is JSON, or a stream of events that has ended. Null when it is not there. */
export function answerIn(
  body: Buffer,
  contentType: string | undefined,
  id: string | number,
): RpcAnswer | null {
  const isStream = /^text\/event-stream\b/i.test(contentType ?? '');
  const texts = isStream ? eventData(body.toString('utf8')) : [body.toString('utf8')];
  for (const text of texts) {
    const parsed = RpcAnswer.safeParse(parseJson(Buffer.from(text)));
    if (parsed.success && parsed.data.id === id) return parsed.data;
  }
  return null;
}

const eventData = (text: string): string[] =>
  text.split(/\r?\n\r?\n/).map((event) =>
    event
      .split(/\r?\n/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5).trimStart())
      .join('\n'),
  );

/** Asks MCP servers itself, with a session of its own for each server and consumer. */
export class ServerAsker {
  readonly #exchange: Exchange;
  readonly #sessions = new Map<string, Promise<string | null>>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** Rejects when there is no answer; with NotAsked where the reason is one for people, and when `ended` aborts. A session that the server has forgotten is begun again, once. */
  async ask(
    resource: McpResource,
    owner: string,
    method: string,
    params: object,
    ended?: AbortSignal,
  ): Promise<RpcAnswer> {
    const key = `${resource.connection.id}/${resource.server.id}/${owner}`;
    for (const isLast of [false, true]) {
      const session = this.#sessions.get(key) ?? this.#begin(resource);
      this.#sessions.set(key, session);
      try {
        const answer = await this.#send(resource, await session, { id: 1, method, params }, ended);
        if (answer !== 'no-session' && answer.rpc !== null) return answer.rpc;
      } catch (fault) {
        this.#sessions.delete(key);
        throw fault;
      }
      this.#sessions.delete(key);
      if (isLast) break;
    }
    throw new Error('no answer');
  }

  endAllOf(owner: string): void {
    for (const key of this.#sessions.keys()) if (key.endsWith(`/${owner}`)) this.#sessions.delete(key);
  }

  async #begin(resource: McpResource): Promise<string | null> {
    const params = {
      protocolVersion: REVISION,
      capabilities: {},
      clientInfo: { name: 'Tokentray', version: '1' },
    };
    const answer = await this.#send(resource, null, { id: 1, method: 'initialize', params });
    if (answer === 'no-session') throw new Error('no session');
    await this.#send(resource, answer.session, { method: 'notifications/initialized' });
    return answer.session;
  }

  async #send(
    resource: McpResource,
    session: string | null,
    message: { id?: number; method: string; params?: object },
    ended?: AbortSignal,
  ): Promise<{ rpc: RpcAnswer | null; session: string | null } | 'no-session'> {
    const headers: IncomingHttpHeaders = {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...(message.method !== 'initialize' && { 'mcp-protocol-version': REVISION }),
      ...(session !== null && { 'mcp-session-id': session }),
    };
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    const limit = AbortSignal.timeout(LIMIT_MS);
    const signal = ended === undefined ? limit : AbortSignal.any([limit, ended]);
    const exchanged = await this.#exchange(resource, { method: 'POST', headers, body, signal });
    if (exchanged.kind !== 'answered') throw new NotAsked(exchanged);
    const { answer } = exchanged;
    const text = await readAnswer(answer);
    if (answer.statusCode === 404 && session !== null) return 'no-session';
    if ((answer.statusCode ?? 500) >= 300) throw new Error(`the server answered ${answer.statusCode ?? 0}`);
    const given = answer.headers['mcp-session-id'];
    return {
      rpc: message.id === undefined ? null : answerIn(text, answer.headers['content-type'], message.id),
      session: given === undefined ? null : String(given),
    };
  }
}
