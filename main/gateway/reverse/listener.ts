import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { limitConnections } from '../../lib/connection-limit.ts';
import { SERVER_LIMITS } from '../server-limits.ts';
import { bareAnswer, refuseUnread } from '../refuse-unread.ts';

export const LOOPBACK = '127.0.0.1';

const MOST_CONNECTIONS = 1000;

/** A server that is not listening yet. `prove`: a request on it had a key, so its connection stays when there are too many. */
export interface GatewayServer {
  readonly server: Server;
  readonly prove: (socket: Socket) => void;
}

/**
 * A server for consumers: bounded headers that come in time, no tunnels. Bodies and answers may take as long as they like.
 * Requests that the parser refuses get an answer without a word of who or what is here.
 */
export function createGatewayServer(serve: RequestListener): GatewayServer {
  const server = createServer(SERVER_LIMITS, serve);
  server.on('checkContinue', serve);
  server.on('connect', (_, socket: Socket) => {
    socket.on('error', () => undefined);
    socket.end(bareAnswer('405 Method Not Allowed'));
  });
  server.on('clientError', refuseUnread);
  const connections = limitConnections(server, MOST_CONNECTIONS);
  return {
    server,
    prove: (socket) => {
      connections.prove(socket);
    },
  };
}
