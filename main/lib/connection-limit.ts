import type { Server, Socket } from 'node:net';
import { whose, type Whose } from './peer-owner.ts';

/** Connections beyond the limit that may wait for the answer whose they are: they arrive while the tables are read. */
const WAITING = 600;

type Kind = Whose | 'new';

/** What is let go first once it is known whose they are. Those that came meanwhile are asked about next. */
const ASKED: readonly Kind[] = ['stranger', 'unknown', 'own'];

/** The same when too many come before anybody can say whose they are. */
const UNASKED: readonly Kind[] = ['stranger', 'unknown', 'new', 'own'];

/**
 * Holds a server to `most` connections. When there are more, it asks whose they are, and those of other users give way
 * first, so that nobody else can keep the person out. Of the person's own, the oldest give way; a connection that `prove`
 * was called for stays.
 */
export function limitConnections(
  server: Server,
  most: number,
  ask: (sockets: readonly Socket[]) => Promise<Whose[]> = whose,
  waiting = WAITING,
): { prove(socket: Socket): void } {
  /** Oldest first. `proven` ones are not in it. */
  const unproven = new Map<Socket, Kind>();
  const all = new Set<Socket>();
  let asking = false;

  function letGo(socket: Socket): void {
    const isStranger = unproven.get(socket) === 'stranger';
    // No longer counted: its `close` event comes later.
    all.delete(socket);
    unproven.delete(socket);
    // An orderly end would stay in the tables for a minute, and make each look longer.
    if (isStranger) socket.resetAndDestroy();
    else socket.destroy();
  }

  /** Lets connections go until `limit` are left, or only proven ones. */
  function shrinkTo(limit: number, order: readonly Kind[]): void {
    for (const kind of order) {
      for (const [socket, found] of unproven) {
        if (all.size <= limit) return;
        if (found === kind) letGo(socket);
      }
    }
  }

  async function settle(): Promise<void> {
    asking = true;
    while (all.size > most && unproven.size > 0) {
      const sockets = [...unproven].flatMap(([socket, found]) => (isKnown(found) ? [] : [socket]));
      const found = await ask(sockets);
      for (const [index, socket] of sockets.entries()) {
        if (unproven.has(socket)) unproven.set(socket, found[index] ?? 'unknown');
      }
      const late = [...unproven.values()].filter((kind) => kind === 'new').length;
      shrinkTo(most + late, ASKED);
      if (late === 0) break;
    }
    asking = false;
  }

  server.on('connection', (socket: Socket) => {
    all.add(socket);
    unproven.set(socket, 'new');
    socket.once('close', () => {
      all.delete(socket);
      unproven.delete(socket);
    });
    if (all.size <= most) return;
    shrinkTo(most + waiting, UNASKED);
    if (!asking) void settle();
  });
  return { prove: (socket) => void unproven.delete(socket) };
}

const isKnown = (found: Kind): boolean => found === 'own' || found === 'stranger';
