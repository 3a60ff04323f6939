import { z } from 'zod';
import { cleanText } from '../../../lib/clean-text.ts';
import { fail, ok, type Result } from '../../../lib/result.ts';
import { isAllowedRedirect } from './redirects.ts';
import { addressFault } from './document-address.ts';
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
  /** Every address of a host name; rejects when there is none. */
  resolve(hostname: string): Promise<readonly string[]>;
  /**
   * Over TLS to `address` and nowhere else, the certificate checked for the name in `url`; redirects not followed.
   * Rejects when nobody answers or the signal aborts.
   */
  get(url: URL, address: string, maxBytes: number, signal: AbortSignal): Promise<DocumentAnswer>;
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

/** Reads who a client is from the document that its id names. Only public addresses are asked. */
export async function readClientDocument(
  clientId: string,
  ports: DocumentPorts,
  signal: AbortSignal,
): Promise<Result<McpClient>> {
  const fault = addressFault(clientId);
  if (fault !== null) return refused(fault);
  const url = new URL(clientId);
  let answer: DocumentAnswer;
  try {
    const addresses = await ports.resolve(url.hostname.replace(/^\[(.*)\]$/, '$1'));
    signal.throwIfAborted();
    const [first] = addresses;
    // One that is not public gives the whole name away: which one is used must not depend on luck.
    if (first === undefined || addresses.length > MOST_ADDRESSES || !addresses.every(isPublicAddress))
      return refused('its host is not on the public internet');
    answer = await ports.get(url, first, DOCUMENT_MAX_BYTES, signal);
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
  if (redirectUris.length === 0) return refused('none of its redirect addresses is allowed');
  const name = cleanText(document.client_name ?? '', 80);
  return ok({ id: clientId, name: name === '' ? null : name, host: url.host, redirectUris });
}
