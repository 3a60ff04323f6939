import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { limitConnections } from '../../lib/connection-limit.ts';
import { SERVER_LIMITS } from '../server-limits.ts';
import { bareAnswer, refuseUnread } from '../refuse-unread.ts';
import type { Routes } from './routes.ts';
import { serveConsumers, type ServeOptions } from './serve.ts';

const LOOPBACK = '127.0.0.1';
const MOST_CONNECTIONS = 1000;

/** An address of ours for consumers, on the literal loopback address only. */
export interface ConsumerServer {
  readonly server: Server;
  /** Takes a free port for 0. The address, or the system's code of what kept it from listening. */
  listen(port: number): Promise<{ url: string } | string>;
  /** Ends what is under way, too. */
  close(): Promise<void>;
}

/**
 * Bounded headers that come in time, no tunnels. Bodies and answers may take as long as they like. Requests that the parser
 * refuses get an answer without a word of who or what is here.
 */
export function createConsumerServer(options: ServeOptions, routes: Routes): ConsumerServer {
  const ownHosts = new Set<string>();
  const server = createServer(SERVER_LIMITS);
  const connections = limitConnections(server, MOST_CONNECTIONS);
  const serve = serveConsumers(options, routes, ownHosts, (socket) => {
    connections.prove(socket);
  });
  server.on('request', serve);
  server.on('checkContinue', serve);
  server.on('connect', (_, socket: Socket) => {
    socket.on('error', () => undefined);
    socket.end(bareAnswer('405 Method Not Allowed'));
  });
  server.on('clientError', refuseUnread);
  return {
    server,
    listen: async (wanted) => {
      const port = await listen(server, wanted);
      if (typeof port === 'string') return port;
      for (const name of [LOOPBACK, 'localhost']) ownHosts.add(`${name}:${port}`);
      return { url: `http://${LOOPBACK}:${port}` };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const listen = (server: Server, port: number): Promise<number | string> =>
  new Promise((resolve) => {
    // Stays for later errors, such as too many open files, which should cost one connection, not the app.
    server.on('error', (fault: NodeJS.ErrnoException) => {
      resolve(fault.code ?? 'unknown');
    });
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 'unknown');
    });
  });
