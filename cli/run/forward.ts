import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';

/**
 * The other end of an isolated command's network: listens on the port that the command knows, and leads to the socket in our
 * folder. Not for people. Ends when the command line does that started it.
 */
export function forward(folder: string, port: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer({ allowHalfOpen: true }, (inner) => {
      const outer = connect({ path: path.join(folder, 'gateway.sock'), allowHalfOpen: true });
      inner.on('error', () => inner.destroy());
      outer.on('error', () => outer.destroy());
      inner.on('close', () => outer.destroy());
      outer.on('close', () => inner.destroy());
      inner.pipe(outer);
      outer.pipe(inner);
    });
    const life = connect({ path: path.join(folder, 'life.sock') });
    life.on('error', () => life.destroy());
    life.on('close', () => {
      resolve(0);
      process.exit(0);
    });
    server.on('error', () => life.destroy());
    server.listen({ host: '127.0.0.1', port }, () => {
      writeFileSync(path.join(folder, 'ready'), '', { mode: 0o600 });
    });
  });
}
