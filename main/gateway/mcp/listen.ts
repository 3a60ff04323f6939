import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { limitConnections } from '../../lib/connection-limit.ts';
import type { Disposable } from '../../lib/disposable.ts';
import { retire } from '../retire.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse, prove: () => void) => void;

const MAX_CONNECTIONS = 256;
const MAX_HEADER_BYTES = 32 * 1024;
const HEADERS_MS = 10_000;
/** For the whole request; answers may take as long as they like. */
const REQUEST_MS = 120_000;

export interface Listening extends Disposable {
  readonly port: number;
  /** See `retire`. */
  retire(ended: () => void): void;
}

/** A server on one loopback address; resolves with the system's error code when it cannot listen. */
export function listenOn(host: string, port: number, handle: Handle): Promise<Listening | string> {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: 5000,
      keepAliveTimeout: 10_000,
      noDelay: true,
    },
    (request, response) => {
      handle(request, response, () => {
        connections.prove(request.socket);
      });
    },
  );
  // No tunnels and no other protocols.
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());
  const connections = limitConnections(server, MAX_CONNECTIONS);
  return new Promise((resolve) => {
    // Stays for later errors, such as too many open files, which should cost one connection, not the app.
    server.on('error', (fault: NodeJS.ErrnoException) => {
      resolve(fault.code ?? 'unknown');
    });
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve({
        port: bound,
        retire: (ended) => {
          retire(server, ended);
        },
        dispose: () => close(server),
      });
    });
  });
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
