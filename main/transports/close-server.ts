import type { Server } from 'node:http';

/** How long answers under way may take when the app ends, ms. */
const GRACE_MS = 500;

/** Takes no more requests, lets answers under way get out, and then ends what is left, such as event streams. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      server.closeAllConnections();
    }, GRACE_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
