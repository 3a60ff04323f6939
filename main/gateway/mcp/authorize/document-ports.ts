import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import type { DocumentAnswer, DocumentPorts } from './client-document.ts';

/** The system's name resolution, and a connection of its own for each document: no proxy could keep to the address. */
export const systemDocumentPorts = ({ ca }: { ca?: string } = {}): DocumentPorts => ({
  resolve: async (hostname) =>
    (await lookup(hostname, { all: true, order: 'verbatim' })).map(({ address }) => address),
  get: (url, address, maxBytes, signal) =>
    new Promise<DocumentAnswer>((resolve, reject) => {
      const sent = request(
        {
          agent: false,
          host: address,
          servername: url.hostname,
          port: url.port === '' ? 443 : Number(url.port),
          path: `${url.pathname}${url.search}`,
          headers: {
            accept: 'application/json',
            'accept-encoding': 'identity',
            host: url.host,
            'user-agent': 'Tokentray',
          },
          signal,
          ...(ca !== undefined && { ca }),
        },
        (answer) => {
          const chunks: Buffer[] = [];
          let size = 0;
          const done = (): void => {
            sent.destroy();
            resolve({
              status: answer.statusCode ?? 0,
              contentType: answer.headers['content-type'] ?? '',
              body: Buffer.concat(chunks).subarray(0, maxBytes + 1),
            });
          };
          answer.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            size += chunk.byteLength;
            if (size > maxBytes) done();
          });
          answer.on('end', done);
          answer.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end();
    }),
});
