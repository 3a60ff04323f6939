import type { Socket } from 'node:net';

const times = new WeakMap<Socket, number>();

/** Remembers when a server accepted a connection. */
export function markAccepted(socket: Socket): void {
  times.set(socket, performance.now());
}

/** For how long a connection has been there, ms; null for one that was not marked. */
export function connectedForMs(socket: Socket): number | null {
  const since = times.get(socket);
  return since === undefined ? null : performance.now() - since;
}
