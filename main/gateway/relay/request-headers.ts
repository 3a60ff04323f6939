import type { CredentialHeader } from '../../credentials/sent.ts';

/** What belongs to one connection (RFC 9110 §7.6.1), in either direction. */
export const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
] as const;

/**
 * Never sent on: what belongs to one connection, keys and identities of this side, what tells where a request
 * came from, and what has some servers act on another method or path than the one that rules were asked about.
 */
const DROPPED: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  'http2-settings',
  'host',
  'content-length',
  'authorization',
  'cookie',
  'cookie2',
  'origin',
  'referer',
  'forwarded',
  'x-real-ip',
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  'x-original-url',
  'x-rewrite-url',
]);

/** Some servers read `_` in a name as `-`. */
const isDropped = (name: string): boolean => {
  const read = name.includes('_') ? name.replaceAll('_', '-') : name;
  return DROPPED.has(read) || isDroppedFamily(read);
};

const isDroppedFamily = (name: string): boolean =>
  name.startsWith('x-forwarded-') ||
  name.startsWith('proxy-') ||
  name.startsWith('sec-fetch-') ||
  name.startsWith('x-tokentray-');

/** How the body of a request is framed; null: it has none. */
export type Framing = 'chunked' | number | null;

const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The headers to send on, as names and values in turn: those of the consumer but for what is dropped and whatever its
 * `Connection` names, then the host, the framing and the credential. Pure.
 */
export function requestHeaders(
  raw: readonly string[],
  {
    host,
    credential,
    framing,
    method,
  }: {
    host: string;
    credential: CredentialHeader;
    framing: Framing;
    method: string;
  },
): string[] {
  const named = connectionNames(raw);
  const headers = ['Host', host];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const lower = name.toLowerCase();
    if (isDropped(lower) || isCredential(lower, credential)) continue;
    if (named?.has(lower) === true) continue;
    headers.push(name, raw[index + 1] ?? '');
  }
  if (framing === 'chunked') headers.push('Transfer-Encoding', 'chunked');
  else if (framing !== null) headers.push('Content-Length', String(framing));
  else if (METHODS_WITH_BODY.has(method)) headers.push('Content-Length', '0');
  headers.push(credential.name, credential.value);
  for (const { name, value } of credential.also ?? []) headers.push(name, value);
  return headers;
}

/** What `Connection` names beyond the usual, lower case; null: nothing. */
export function connectionNames(raw: readonly string[]): ReadonlySet<string> | null {
  let names: Set<string> | null = null;
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]?.length !== 10 || raw[index]?.toLowerCase() !== 'connection') continue;
    for (const part of (raw[index + 1] ?? '').toLowerCase().split(',')) {
      const name = part.trim();
      if (name !== '' && name !== 'keep-alive' && name !== 'close') (names ??= new Set()).add(name);
    }
  }
  return names;
}

const isCredential = (name: string, credential: CredentialHeader): boolean =>
  name === credential.name.toLowerCase() ||
  (credential.also?.some((also) => also.name.toLowerCase() === name) ?? false);
