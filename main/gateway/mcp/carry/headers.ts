import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { CredentialHeader } from '../../../credentials/sent.ts';

/** What goes on to the server; everything else stays here: keys, cookies, origins, hop-by-hop headers. */
const REQUEST = new Set([
  'accept',
  'accept-language',
  'content-type',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'user-agent',
  'x-accel-buffering',
]);

/** What comes back. A challenge of the server's would start a sign-in there. */
const RESPONSE = new Set([
  'allow',
  'cache-control',
  'content-encoding',
  'content-language',
  'content-length',
  'content-type',
  'mcp-protocol-version',
  'mcp-session-id',
  'retry-after',
  'x-accel-buffering',
]);

const passes = (names: ReadonlySet<string>, name: string): boolean =>
  names.has(name) || name.startsWith('mcp-param-') || /^(?:x-)?ratelimit-/.test(name);

const select = (headers: IncomingHttpHeaders, names: ReadonlySet<string>): OutgoingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== undefined && passes(names, name)),
  );

export function upstreamHeaders(
  headers: IncomingHttpHeaders,
  { host, credential, length }: { host: string; credential: CredentialHeader; length: number | null },
): OutgoingHttpHeaders {
  return {
    ...select(headers, REQUEST),
    'accept-encoding': 'identity',
    host,
    ...(length !== null && { 'content-length': length }),
    ...Object.fromEntries([credential, ...(credential.also ?? [])].map(({ name, value }) => [name, value])),
  };
}

export const clientHeaders = (headers: IncomingHttpHeaders): OutgoingHttpHeaders => select(headers, RESPONSE);
