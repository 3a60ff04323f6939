import type { Interface } from 'node:readline';
import type { Input } from '../context.ts';

/**
 * Standard input by lines. On a terminal, lines are edited in raw mode, because a terminal's own line buffer ends at
 * 4,096 bytes and a callback address may be longer. Nothing is opened or loaded before the first read. The terminal is in
 * raw mode when `readLine` returns: lines typed from then on are complete.
 */
export class TerminalInput implements Input {
  readonly #lines: string[] = [];
  readonly #waiting: ((line: string | null) => void)[] = [];
  #interface: Interface | null = null;
  #hidden = false;
  #ended = false;

  get isTTY(): boolean {
    return process.getBuiltinModule('node:tty').isatty(0);
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
    for await (const piece of process.stdin.setEncoding('utf8')) text += piece as string;
    return text;
  }

  /** Restores the terminal's mode. */
  close(): void {
    this.#interface?.close();
  }

  #open(): void {
    if (this.#interface) return;
    const { Writable } = process.getBuiltinModule('node:stream');
    const { createInterface } = process.getBuiltinModule('node:readline');
    const output = new Writable({
      write: (piece: Buffer, _encoding, written) => {
        if (this.#hidden) written();
        else {
          process.stderr.write(piece, () => {
            written();
          });
        }
      },
    });
    this.#interface = createInterface({ input: process.stdin, output, terminal: this.isTTY, historySize: 0 });
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
      // In raw mode the system does not signal the whole group on Ctrl-C, so do that here: a shell in a loop waits for it.
      .on('SIGINT', () => process.kill(process.platform === 'win32' ? process.pid : 0, 'SIGINT'));
  }
}
