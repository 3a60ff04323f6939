import type { Server } from 'node:http';

/**
 * It takes no new connections, and ends each when its requests have been answered: somebody may be in the middle of a file.
 * Calls `ended` after the last one.
 */
export function retire(server: Server, ended: () => void): void {
  server.prependListener('request', (_, response) => {
    response.shouldKeepAlive = false;
  });
  server.keepAliveTimeout = 1;
  server.close(ended);
}
