import { createServer, type Socket } from 'node:net';
import type { Disposable } from '../../main/lib/disposable.ts';
import { portOf } from './gateway-parts.ts';

/** A server that writes bytes as a test says, whatever HTTP has to say about them. `received`: each part as it comes. */
export async function speakingServer(
  speak: (socket: Socket, received: string) => void,
): Promise<Disposable & { port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      speak(socket, chunk.toString('latin1'));
    });
  });
  return {
    port: await portOf(server),
    dispose: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
