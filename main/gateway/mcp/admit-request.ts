import type { IncomingMessage } from 'node:http';
import { MOST_TARGET_CHARACTERS } from '../raw-path.ts';
import { MOST_HEADERS } from '../request-checks.ts';
import { ownHosts } from './addresses.ts';

/** A request that is for us, read as far as everything else needs it. */
export interface Asked {
  /** The host as the client spells it; one of ours. */
  readonly host: string;
  /** As it was sent. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface Refused {
  readonly status: number;
  readonly message: string;
}

/** Looks at what decides whether a request may be for us at all, before anything is parsed. */
export function admitRequest(
  { url = '', headers, headersDistinct, rawHeaders, httpVersion }: IncomingMessage,
  port: number,
): Asked | Refused {
  if (rawHeaders.length > 2 * MOST_HEADERS) return { status: 431, message: 'There are too many headers.' };
  const hosts = headersDistinct['host'] ?? [];
  const [host = ''] = hosts;
  // Names that somebody else points at this machine (DNS rebinding) are not ours.
  if (hosts.length !== 1 || httpVersion !== '1.1' || !ownHosts(port).includes(host))
    return { status: 403, message: 'This host is not served here.' };
  const { origin } = headers;
  if (origin !== undefined && !ownHosts(port).some((own) => origin === `http://${own}`))
    return { status: 403, message: 'Web pages may not ask here.' };
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    return { status: 501, message: 'This transfer coding is not supported.' };
  const [path = '', ...rest] = url.split('?');
  if (
    url.length > MOST_TARGET_CHARACTERS ||
    !/^\/(?!\/)[\x21-\x7e]*$/.test(url) ||
    /[\\#]/.test(url) ||
    /\/\.{1,2}(?:\/|$)/.test(path)
  )
    return { status: 400, message: 'This address cannot be used.' };
  return { host, path, query: new URLSearchParams(rest.join('?')) };
}
