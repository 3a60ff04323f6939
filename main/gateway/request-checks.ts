import type { IncomingMessage } from 'node:http';

/** Why a request is not looked at any further. `web-page`: a browser sent it for a page, or for a name that is not ours. */
export type RequestRefusal =
  | { readonly kind: 'web-page'; readonly reason: string }
  | { readonly kind: 'malformed'; readonly status: 400 | 431 | 505; readonly reason: string };

/** What of a request is checked. */
export type CheckedRequest = Pick<
  IncomingMessage,
  'rawHeaders' | 'headers' | 'method' | 'httpVersionMajor' | 'httpVersionMinor'
>;

/** Node's parser reads on, but forgets what is behind its own limit: the length of a body, too. */
export const MOST_HEADERS = 200;

const WITHOUT_CHUNKS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Checks what Node's parser lets pass: several hosts, framings that others read differently, names that are not ours (RFC 9112
 * §3.2, §6.1), and everything that pages in a browser send. Null: it may go on. Pure.
 */
export function checkRequest(request: CheckedRequest, ownHosts: ReadonlySet<string>): RequestRefusal | null {
  const { rawHeaders, headers, method = '' } = request;
  if (headers.origin !== undefined || headers['access-control-request-method'] !== undefined)
    return fromPage('It comes from a web page.');
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'none' && site !== 'same-origin')
    return fromPage('It comes from a web page.');
  if (rawHeaders.length > 2 * MOST_HEADERS) return malformed('It has too many headers.', 431);
  if (request.httpVersionMajor !== 1 || request.httpVersionMinor > 1)
    return malformed('It is not of HTTP/1.1.', 505);
  let hosts = 0;
  let framings = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    // Only names of these lengths have to be spelt out.
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
    else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') framings += 1;
  }
  if (hosts !== 1) return malformed('It must name exactly one host.');
  if (!ownHosts.has((headers.host ?? '').toLowerCase())) return fromPage('It names another host.');
  if (framings > 0) {
    if (
      framings > 1 ||
      headers['transfer-encoding']?.toLowerCase() !== 'chunked' ||
      request.httpVersionMinor === 0
    )
      return malformed('Its Transfer-Encoding is not supported.');
    if (headers['content-length'] !== undefined) return malformed('It has two lengths.');
    if (WITHOUT_CHUNKS.has(method)) return malformed(`A ${method} request must say how long its body is.`);
  }
  // Clients that offer HTTP/2 this way are fine without it (RFC 9110 §7.8).
  if (headers.upgrade !== undefined && headers.upgrade.toLowerCase() !== 'h2c')
    return malformed('Other protocols than HTTP are not supported here.');
  if (method === 'TRACE' || method === 'CONNECT') return malformed(`${method} is not supported.`);
  return null;
}

const fromPage = (reason: string): RequestRefusal => ({ kind: 'web-page', reason });
const malformed = (reason: string, status: 400 | 431 | 505 = 400): RequestRefusal => ({
  kind: 'malformed',
  status,
  reason,
});
