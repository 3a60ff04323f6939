import type { Socket } from 'node:net';
import type { Link, LinkEvents, OpenLink } from './link.ts';

/** A link through `node:net`, which is loaded only here. */
export const netLink: OpenLink = (path, events) =>
  linkOver(process.getBuiltinModule('node:net').createConnection({ path }), events);

/** A link over a connection that this process was given, by its file descriptor. */
export function givenLink(fd: number, events: LinkEvents): Link {
  const { Socket } = process.getBuiltinModule('node:net');
  return linkOver(new Socket({ fd, readable: true, writable: true }), events);
}

function linkOver(socket: Socket, events: LinkEvents): Link {
  let code: string | null = null;
  socket
    .on('connect', () => {
      events.connected();
    })
    .on('data', (piece: Buffer) => {
      events.data(piece);
    })
    .on('error', (fault: NodeJS.ErrnoException) => {
      code = fault.code ?? 'unknown';
    })
    .on('close', () => {
      events.ended(code);
    });
  return {
    write: (text) => {
      socket.write(text);
    },
    close: () => {
      socket.removeAllListeners('close').removeAllListeners('data').destroy();
    },
  };
}
