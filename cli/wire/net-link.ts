import type { OpenLink } from './link.ts';

/** A link through `node:net`, which is loaded only here. */
export const netLink: OpenLink = (path, events) => {
  const socket = process.getBuiltinModule('node:net').createConnection({ path });
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
};
