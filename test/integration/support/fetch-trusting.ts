import { Agent, request } from 'node:https';
import { Readable } from 'node:stream';
import type { FetchInit } from '../../../main/lib/bounded-fetch.ts';

/** `fetch` as a browser on a computer of the company has it: it trusts this authority, and follows nothing. */
export const fetchTrusting =
  (ca: string) =>
  async (url: string | URL, init: FetchInit = {}): Promise<Response> => {
    const asked = new Request(url, { ...init, signal: null });
    const body = Buffer.from(await asked.arrayBuffer());
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          agent: new Agent({ ca }),
          method: asked.method,
          headers: { ...Object.fromEntries(asked.headers), 'content-length': body.byteLength },
        },
        (answer) => {
          const headers = new Headers();
          for (const [name, values] of Object.entries(answer.headersDistinct))
            for (const value of values ?? []) headers.append(name, value);
          resolve(
            new Response(Readable.toWeb(answer) as ReadableStream, {
              status: answer.statusCode ?? 0,
              headers,
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  };
