import type { Socket } from 'node:net';

type Done = (fault?: Error | null) => void;

/** How long after a failed write an answer may still begin. It has arrived by then, or never will. */
const PATIENCE_MS = 1000;

/** How far the request is that a connection carries. It is kept as long as the connection is: nothing else belongs in it. */
export interface Progress {
  hasAnswer: boolean;
}
const progresses = new WeakMap<Socket, Progress>();

/**
 * A server may answer and close before it has read all of a request (RFC 9112 §9.6). Node ends a connection with the write
 * that fails then, and what has arrived on it is lost; after this, it is read first.
 */
export function readPastFailedWrites(socket: Socket, progress: Progress): void {
  const isKnown = progresses.has(socket);
  progresses.set(socket, progress);
  if (isKnown) return;
  const later =
    (done: Done): Done =>
    (fault) => {
      if (fault && !socket.destroyed)
        whenRead(socket, () => {
          done(fault);
        });
      else done(fault);
    };
  const write = socket._write.bind(socket);
  socket._write = (chunk, encoding, done) => {
    write(chunk, encoding, later(done));
  };
  const writeAll = socket._writev?.bind(socket);
  if (writeAll !== undefined)
    socket._writev = (chunks, done) => {
      writeAll(chunks, later(done));
    };
}

/** Calls once when there is nothing more to read, or no answer comes. */
function whenRead(socket: Socket, then: () => void): void {
  const over = (): void => {
    clearTimeout(timer);
    socket.off('end', over).off('close', over);
    then();
  };
  const timer = setTimeout(() => {
    if (progresses.get(socket)?.hasAnswer !== true) over();
  }, PATIENCE_MS);
  socket.on('end', over).on('close', over);
}
