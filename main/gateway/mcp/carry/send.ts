import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Upstream } from '../../ports.ts';
import { upstreamHeaders } from './headers.ts';

export interface Sending {
  readonly method: string;
  /** Of the client. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | null;
  readonly signal: AbortSignal;
}

/** One request to the server, redirects not followed. Rejects with what went wrong on the way, or the signal's reason. */
export const sendOn = (
  { url, header, agent }: Upstream,
  { method, headers, body, signal }: Sending,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const sent = httpRequest({
      agent,
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method,
      headers: upstreamHeaders(headers, {
        host: url.host,
        credential: header,
        length: body?.byteLength ?? null,
      }),
      signal,
    });
    sent.on('response', resolve);
    sent.on('error', reject);
    // Small messages, each waited for.
    sent.setNoDelay(true);
    sent.end(body ?? undefined);
  });
