import type { Server, Socket } from 'node:net';

/**
 * Holds a server to `most` connections. Senders that only hold connections open give way to new ones, the oldest
 * first, so that the person always gets in; a connection that `prove` was called for stays.
 */
export function limitConnections(server: Server, most: number): { prove(socket: Socket): void } {
  const all = new Set<Socket>();
  const unproven = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    all.add(socket);
    unproven.add(socket);
    socket.once('close', () => {
      all.delete(socket);
      unproven.delete(socket);
    });
    if (all.size <= most) return;
    // The newest itself where all others are proven.
    const [oldest] = unproven;
    // No longer counted: its `close` event comes later.
    if (oldest) {
      all.delete(oldest);
      unproven.delete(oldest);
      oldest.destroy();
    }
  });
  return { prove: (socket) => void unproven.delete(socket) };
}
