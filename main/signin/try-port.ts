import { createServer } from 'node:net';
import type { TryPort } from './redirect-check.ts';

/** Listens there for a moment. */
export const tryPort: TryPort = (host, port) =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (fault: NodeJS.ErrnoException) => {
      resolve(fault.code ?? 'unknown');
    });
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, () => {
      server.close(() => {
        resolve(null);
      });
    });
  });
