import { lookup } from 'node:dns/promises';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { NetworkFault } from '../../../lib/network-fault.ts';
import type { Network } from '../../../network/ports.ts';
import type { DocumentAnswer, DocumentPorts } from './client-document.ts';

/** The system's name resolution, and a connection of its own for each document, by the network settings. */
export const networkDocumentPorts = (network: Pick<Network, 'openAt'>): DocumentPorts => ({
  resolve: async (hostname) =>
    (await lookup(hostname, { all: true, order: 'verbatim' })).map(({ address }) => address),
  get: async (url, address, maxBytes, signal) => {
    const socket = await network.openAt(url, address);
    if (signal.aborted) socket.destroy();
    return read(url, socket, maxBytes, signal);
  },
  proxyRefused: (fault) => fault instanceof NetworkFault && fault.problem.kind === 'proxy-refused',
});

const read = (url: URL, socket: Duplex, maxBytes: number, signal: AbortSignal): Promise<DocumentAnswer> =>
  new Promise((resolve, reject) => {
    const sent = request({
      createConnection: () => socket,
      path: `${url.pathname}${url.search}`,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        host: url.host,
        'user-agent': 'Tokentray',
      },
      signal,
    });
    sent.on('response', (answer) => {
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
    });
    sent.on('error', reject);
    sent.end();
  });
