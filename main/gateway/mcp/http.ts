import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonAnswer } from './answers.ts';

export function sendJson(response: ServerResponse, { status, headers, body }: JsonAnswer): void {
  if (response.destroyed) return;
  const bytes = Buffer.from(JSON.stringify(body));
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-length': bytes.byteLength,
      ...headers,
    })
    .end(bytes);
}

/**
 * The whole body; null when `take` refuses a part of it: the rest is then read and forgotten (until the server's limit of
 * time), because a connection that is cut may lose the answer on its way. Rejects when the client leaves.
 */
export const collectBody = (
  request: IncomingMessage,
  take: (bytes: number) => boolean,
): Promise<Buffer | null> =>
  new Promise((resolve, reject) => {
    let chunks: Buffer[] | null = [];
    request.on('data', (chunk: Buffer) => {
      if (chunks === null) return;
      if (take(chunk.byteLength)) chunks.push(chunk);
      else {
        chunks = null;
        resolve(null);
      }
    });
    request.on('end', () => {
      if (chunks !== null) resolve(Buffer.concat(chunks));
      chunks = null;
    });
    request.on('close', () => {
      reject(new Error('the client has left'));
    });
    request.on('error', reject);
  });

/** The whole body; null when it is longer. Rejects when the client leaves. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  let size = 0;
  return collectBody(request, (bytes) => {
    size += bytes;
    return size <= maxBytes;
  });
}

/** Lower case, without parameters. */
export const mediaType = (request: IncomingMessage): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
