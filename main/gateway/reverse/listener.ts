import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { limitConnections } from '../../lib/connection-limit.ts';
import { SERVER_LIMITS } from '../server-limits.ts';

export const LOOPBACK = '127.0.0.1';

const MOST_CONNECTIONS = 1000;
const MOST_HEADERS = 200;

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
  server.maxHeadersCount = MOST_HEADERS;
  server.on('checkContinue', serve);
  server.on('connect', (_, socket: Socket) => {
    socket.on('error', () => undefined);
    socket.end(bare('405 Method Not Allowed'));
  });
  server.on('clientError', (fault: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || socket.bytesWritten > 0 || fault.code === 'ECONNRESET') socket.destroy();
    else socket.end(bare(STATUS[fault.code ?? ''] ?? '400 Bad Request'), () => socket.destroy());
  });
  const connections = limitConnections(server, MOST_CONNECTIONS);
  return {
    server,
    prove: (socket) => {
      connections.prove(socket);
    },
  };
}

const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

const bare = (status: string): string =>
  `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
