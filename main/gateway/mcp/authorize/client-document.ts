import { z } from 'zod';
import { cleanText } from '../../../lib/clean-text.ts';
import { fail, ok, type Result } from '../../../lib/result.ts';
import { isAllowedRedirect } from './redirects.ts';
import { addressFault, isPublicName } from './document-address.ts';
import { isPublicAddress } from './special-addresses.ts';
import type { McpClient } from './clients.ts';

export interface DocumentAnswer {
  readonly status: number;
  readonly contentType: string;
  /** At most one byte more than `maxBytes`. */
  readonly body: Buffer;
}

/** The outside: name resolution, and one GET to a fixed address. */
export interface DocumentPorts {
  /** Every address of a host name; rejects when it cannot be looked up here. */
  resolve(hostname: string): Promise<readonly string[]>;
  /**
   * Over TLS to `address` and nowhere else, by the network settings; with null through a proxy, which looks the name up. The
   * certificate is checked for the name in `url`; redirects are not followed. Rejects when nobody answers or the signal
   * aborts, with `proxyRefused` where it was a proxy that did not connect to the address.
   */
  get(url: URL, address: string | null, maxBytes: number, signal: AbortSignal): Promise<DocumentAnswer>;
  proxyRefused(fault: unknown): boolean;
}

export const DOCUMENT_MAX_BYTES = 5 * 1024;
export const DOCUMENT_LIMIT_MS = 5000;
const MOST_ADDRESSES = 32;

const Document = z.lazy(() =>
  z.object({
    client_id: z.string(),
    client_name: z.string().optional(),
    redirect_uris: z.array(z.string()).min(1).max(100),
    token_endpoint_auth_method: z.string().optional(),
    client_secret: z.unknown().optional(),
    client_secret_expires_at: z.unknown().optional(),
  }),
);

const refused = (reason: string): Result<never> =>
  fail('refused', `The client’s metadata document cannot be used: ${reason}.`);

/**
 * Reads who a client is from the document that its id names. Only public addresses are asked: every address of the name is
 * looked up here, and the very one that was checked is connected to, through a proxy as well as directly.
 *
 * Behind some proxies names cannot be looked up here, and some proxies connect to names only. Then the proxy looks the name
 * up, and what is checked is that it is the name of a public host, at the usual port, and that whoever answers has a
 * certificate for it before anything is asked. A name that is known here and leads to a private address is never left to a
 * proxy, and without a proxy nothing is asked by name.
 */
export async function readClientDocument(
  clientId: string,
  ports: DocumentPorts,
  signal: AbortSignal,
): Promise<Result<McpClient>> {
  const fault = addressFault(clientId);
  if (fault !== null) return refused(fault);
  const url = new URL(clientId);
  const addresses = await ports.resolve(url.hostname.replace(/^\[(.*)\]$/, '$1')).catch(() => null);
  // One that is not public gives the whole name away: which one is used must not depend on luck.
  if (
    addresses !== null &&
    (addresses.length === 0 || addresses.length > MOST_ADDRESSES || !addresses.every(isPublicAddress))
  )
    return refused('its host is not on the public internet');
  const get = async (address: string | null): Promise<DocumentAnswer> => {
    signal.throwIfAborted();
    if (address === null && !isPublicName(url)) throw new Error('not by name');
    return ports.get(url, address, DOCUMENT_MAX_BYTES, signal);
  };
  let answer: DocumentAnswer;
  try {
    const [first = null] = addresses ?? [];
    answer = await get(first).catch((fault: unknown) => {
      if (first === null || !ports.proxyRefused(fault)) throw fault;
      return get(null);
    });
  } catch {
    return refused('it cannot be reached');
  }
  return clientIn(clientId, url, answer);
}

function clientIn(
  clientId: string,
  url: URL,
  { status, contentType, body }: DocumentAnswer,
): Result<McpClient> {
  if (status !== 200) return refused(`the answer was ${status}`);
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(contentType)) return refused('it is not JSON');
  if (body.byteLength > DOCUMENT_MAX_BYTES) return refused('it is larger than 5 KB');
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return refused('it is not JSON');
  }
  const parsed = Document.safeParse(value);
  if (!parsed.success) return refused('fields are missing or wrong');
  const document = parsed.data;
  if (document.client_id !== clientId) return refused('it is about another client');
  if (document.client_secret !== undefined || document.client_secret_expires_at !== undefined)
    return refused('it contains a secret');
  if ((document.token_endpoint_auth_method ?? 'none') !== 'none')
    return refused('it asks for a client authentication other than none');
  const redirectUris = document.redirect_uris.filter((redirect) => isAllowedRedirect(redirect, url.host));
  if (redirectUris.length === 0) return refused('none of its redirect URIs is allowed');
  const name = cleanText(document.client_name ?? '', 80);
  return ok({ id: clientId, name: name === '' ? null : name, host: url.host, redirectUris });
}
