import { writeSync } from 'node:fs';
import { OutputClosed, OutputFailed, type Output } from '../context.ts';

const PIECE = 1 << 16;

/**
 * Writes at once and in order, so that the process may end right after; without `process.stdout`, whose set-up
 * takes longer than a whole call to the app.
 */
export class FdOutput implements Output {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  get isTTY(): boolean {
    // Loaded only when asked for: it brings `node:net` with it.
    return process.getBuiltinModule('node:tty').isatty(this.#fd);
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    for (let offset = 0; offset < bytes.length;) {
      offset += this.#writeSome(bytes, offset);
    }
  }

  #writeSome(bytes: Buffer, offset: number): number {
    try {
      return writeSync(this.#fd, bytes, offset, Math.min(PIECE, bytes.length - offset));
    } catch (fault) {
      const { code } = fault as NodeJS.ErrnoException;
      // EOF: how Windows says EPIPE.
      if (code === 'EPIPE' || code === 'EOF') throw new OutputClosed();
      if (code !== 'EAGAIN') throw new OutputFailed(code ?? 'unknown');
      // Somebody made the pipe non-blocking and it is full: give the reader a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      return 0;
    }
  }
}
