import { z } from 'zod';
import { unambiguousJson } from '../../../lib/unambiguous-json.ts';

const Id = z.lazy(() => z.union([z.string(), z.number()]));
const Message = z.lazy(() =>
  z.looseObject({
    jsonrpc: z.literal('2.0'),
    id: Id.nullable().optional(),
    /** Absent in the answer to a question of the server's. */
    method: z.string().max(200).optional(),
    params: z.looseObject({ name: z.unknown().optional() }).optional(),
  }),
);

/** A message of a client, as far as the way needs to know it. */
export interface ClientMessage {
  /** Null: nobody waits for an answer. */
  readonly id: string | number | null;
  /** Null: it is an answer. */
  readonly method: string | null;
  /** Of `tools/call`. */
  readonly tool: string | null;
}

export interface ClientMessages {
  readonly messages: readonly ClientMessage[];
  /** It was sent as a list (revision 2025-03-26), and is answered as one. */
  readonly batch: boolean;
}

const MOST = 100;

/** Reads a body; null for one that is not JSON-RPC, or that two readers could read differently. */
export function readMessages(body: Buffer): ClientMessages | null {
  const value = unambiguousJson(body, { ignoreBOM: true });
  if (value === undefined) return null;
  const batch = Array.isArray(value);
  const parsed = z
    .array(Message)
    .min(1)
    .max(MOST)
    .safeParse(batch ? value : [value]);
  if (!parsed.success) return null;
  const messages = parsed.data.map(({ id, method, params }) => ({
    id: id ?? null,
    method: method ?? null,
    tool: method === 'tools/call' && typeof params?.name === 'string' ? params.name : null,
  }));
  return { messages, batch };
}

/**
 * Whether the headers of revision 2026-07-28 say what the body says: servers may go by them. Values that a header cannot
 * hold are sent as `=?base64?…?=`.
 */
export function headersFit(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  { messages, batch }: ClientMessages,
): boolean {
  const [first] = messages;
  const method = headerText(headers['mcp-method']);
  const name = headerText(headers['mcp-name']);
  if (method === null && name === null) return true;
  if (batch || first === undefined) return false;
  if (method !== null && method !== first.method) return false;
  return name === null || first.method !== 'tools/call' || name === first.tool;
}

function headerText(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null;
  const text = String(value);
  const encoded = /^=\?base64\?([A-Za-z0-9+/=]*)\?=$/.exec(text)?.[1];
  return encoded === undefined ? text : Buffer.from(encoded, 'base64').toString('utf8');
}
