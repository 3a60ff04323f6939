import { writeSync } from 'node:fs';
import { OutputClosed, OutputFailed, type Output } from '../context.ts';

const CHUNK_BYTES = 1 << 16;

/**
 * Writes synchronously and in order, so that the process may exit right afterwards. Does not use `process.stdout`,
 * because setting that up takes longer than a complete call to the app.
 */
export class FdOutput implements Output {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  get isTTY(): boolean {
    // Loaded only when needed, because it loads `node:net`.
    return process.getBuiltinModule('node:tty').isatty(this.#fd);
  }

  get columns(): number | null {
    const stream = this.#fd === 1 ? process.stdout : process.stderr;
    return this.isTTY && stream.columns > 0 ? stream.columns : null;
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    for (let offset = 0; offset < bytes.length;) {
      offset += this.#writeSome(bytes, offset);
    }
  }

  #writeSome(bytes: Buffer, offset: number): number {
    try {
      return writeSync(this.#fd, bytes, offset, Math.min(CHUNK_BYTES, bytes.length - offset));
    } catch (fault) {
      const { code } = fault as NodeJS.ErrnoException;
      // EOF is what Windows reports instead of EPIPE.
      if (code === 'EPIPE' || code === 'EOF') throw new OutputClosed();
      if (code !== 'EAGAIN') throw new OutputFailed(code ?? 'unknown');
      // A full pipe that another process made non-blocking: give the reader a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      return 0;
    }
  }
}
