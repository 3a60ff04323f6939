import type { Socket } from 'node:net';

const times = new WeakMap<Socket, number>();

/** Monotonic. `performance` would load a module of its own at the first connection, which takes as long as a call. */
const nowMs = (): number => process.uptime() * 1000;

/** Remembers when a server accepted a connection. */
export function markAccepted(socket: Socket): void {
  times.set(socket, nowMs());
}

/** For how long a connection has been there, ms; null for one that was not marked. */
export function connectedForMs(socket: Socket): number | null {
  const since = times.get(socket);
  return since === undefined ? null : nowMs() - since;
}
