import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson, sendJson } from '../http.ts';
import type { McpResource } from '../ports.ts';
import { withTools, type AlternateTools } from './alternate-tools.ts';
import { answerIn, readAnswer, type ServerAsker } from './ask-server.ts';
import { clientHeaders } from './headers.ts';
import type { ClientMessages } from './messages.ts';

export interface AlternateOptions {
  /** The same server with another connection, if the person has set one. */
  alternateOf: (resource: McpResource) => McpResource | null;
  tools: AlternateTools;
  asker: ServerAsker;
}

/** Answers by the second connection, and puts its tools into lists. */
export function createAlternate({ alternateOf, tools, asker }: AlternateOptions) {
  return {
    /** The second connection for a call of a tool that only it is shown; null: the first one's. */
    async resourceFor(first: McpResource, read: ClientMessages, owner: string): Promise<McpResource | null> {
      const tool = onlyMessage(read)?.tool ?? null;
      const second = tool === null ? null : alternateOf(first);
      if (second === null) return null;
      const extra = await tools.of(first, second, owner);
      return extra.some(({ name }) => name === tool) ? second : null;
    },

    /** Calls the tool with the second connection, and answers. Rejects when nobody answers. */
    async call(
      second: McpResource,
      response: ServerResponse,
      {
        read,
        body,
        stateless,
        owner,
        ended,
      }: { read: ClientMessages; body: Buffer; stateless: boolean; owner: string; ended: AbortSignal },
    ): Promise<{ status: number; responseBytes: number }> {
      const id = onlyMessage(read)?.id ?? null;
      const { params } = parseJson(body) as { params: object };
      // What belongs to this exchange stays in it.
      const { _meta, ...ours } = params as { _meta?: unknown };
      const { result, error } = await asker.ask(second, owner, 'tools/call', ours, ended);
      const answered = stateless && result !== undefined ? { resultType: 'complete', ...result } : result;
      const answer = { jsonrpc: '2.0', id, ...(error === undefined ? { result: answered } : { error }) };
      sendJson(response, { status: 200, headers: {}, body: answer });
      return { status: 200, responseBytes: JSON.stringify(answer).length };
    },

    /** Whether the answer to this has to be read, because tools may be added. */
    addsTo: (first: McpResource, read: ClientMessages): boolean =>
      onlyMessage(read)?.method === 'tools/list' && alternateOf(first) !== null,

    /** Passes a list on with what the second connection adds; as it is when that cannot be told. */
    async passOnList(
      first: McpResource,
      answer: IncomingMessage,
      response: ServerResponse,
      { read, owner }: { read: ClientMessages; owner: string },
    ): Promise<number> {
      const body = await readAnswer(answer);
      const id = onlyMessage(read)?.id ?? null;
      const second = alternateOf(first);
      const given = id === null ? null : answerIn(body, answer.headers['content-type'], id);
      const list =
        given === null || second === null
          ? null
          : withTools(given.result, await tools.of(first, second, owner));
      const headers = clientHeaders(answer.headers);
      if (list === null) {
        response.writeHead(answer.statusCode ?? 502, headers).end(body);
        return body.byteLength;
      }
      const bytes = Buffer.from(JSON.stringify({ ...given, result: list }));
      response
        .writeHead(200, {
          ...headers,
          'content-type': 'application/json',
          'content-length': bytes.byteLength,
        })
        .end(bytes);
      return bytes.byteLength;
    },
  };
}

const onlyMessage = ({ messages, batch }: ClientMessages) => (batch ? null : (messages[0] ?? null));
