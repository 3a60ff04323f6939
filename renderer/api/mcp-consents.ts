import type { ConnectionId } from '../../contract/ids.ts';
import type { Failure } from '../../contract/errors.ts';
import type { Rules } from '../../contract/gateway.ts';
import type { ApiClient } from './api-client.ts';

/** An MCP server with one connection. */
export interface ConsentChoice {
  connection: { id: ConnectionId; name: string };
  server: string;
  serverName: string;
}

/** An MCP client that waits for the person's consent. */
export interface ConsentRequest extends ConsentChoice {
  id: string;
  /** As the client calls itself; null: it did not say. */
  clientName: string | null;
  /** Where the document is that the client is known by; null: it registered itself. */
  clientHost: string | null;
  /** Where the consent is sent. */
  redirectHost: string;
  /** It is sent to a program on this machine, and nothing proves which one that is. */
  unproven: boolean;
  /** More than one where the client did not say which. */
  choices: readonly ConsentChoice[];
  scopes: readonly string[];
  /** ISO 8601; after it, the answer is no. */
  until: string;
}

export interface ConsentAnswer {
  id: string;
  decision: 'allow' | 'deny';
  rules?: Rules;
  connection?: ConnectionId;
  server?: string;
}

/** Lets an MCP client in, or refuses it. Null: done. */
export async function answerConsent(_api: ApiClient, _answer: ConsentAnswer): Promise<Failure | null> {
  // The one line to come: const reply = await api.call('mcp.consent', answer); return reply.ok ? null : reply.error;
  return Promise.resolve({ code: 'unsupported', message: 'MCP clients can’t sign in yet.' });
}
