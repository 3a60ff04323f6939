import type { Server } from 'node:http';

/** How long answers in progress may take when the app ends, ms. */
const GRACE_MS = 500;

/** Accepts no more requests, lets answers in progress finish, and then closes what is left, such as event streams. */
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
