import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Input } from '../context.ts';

/**
 * Standard input by lines. On a terminal the lines are edited in raw mode, because a terminal's own line buffer
 * ends at 4,096 bytes and a callback address may be longer.
 */
export class TerminalInput implements Input {
  readonly isTTY: boolean;
  readonly #stream: NodeJS.ReadStream;
  readonly #lines: string[] = [];
  readonly #waiting: ((line: string | null) => void)[] = [];
  #interface: Interface | null = null;
  #hidden = false;
  #ended = false;

  constructor(stream: NodeJS.ReadStream) {
    this.#stream = stream;
    this.isTTY = stream.isTTY;
  }

  readLine(): Promise<string | null> {
    this.#open();
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async readHidden(): Promise<string | null> {
    this.#hidden = true;
    try {
      return await this.readLine();
    } finally {
      this.#hidden = false;
      process.stderr.write('\n');
    }
  }

  async readAll(): Promise<string> {
    let text = '';
    for await (const piece of this.#stream.setEncoding('utf8')) text += piece as string;
    return text;
  }

  #open(): void {
    if (this.#interface) return;
    const output = new Writable({
      write: (piece: Buffer, _encoding, written) => {
        if (this.#hidden) written();
        else
          process.stderr.write(piece, () => {
            written();
          });
      },
    });
    this.#interface = createInterface({ input: this.#stream, output, terminal: this.isTTY, historySize: 0 });
    this.#interface
      .on('line', (line) => {
        const next = this.#waiting.shift();
        if (next) next(line);
        else this.#lines.push(line);
      })
      .on('close', () => {
        this.#ended = true;
        for (const next of this.#waiting.splice(0)) next(null);
      })
      // Raw mode hides Ctrl-C from the system: hand it on to whoever listens for it.
      .on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  }
}
