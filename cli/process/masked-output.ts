import type { ChildProcess } from 'node:child_process';
import { write } from 'node:fs';
import type { Readable } from 'node:stream';
import { OutputFailed } from '../context.ts';
import { Masker } from '../run/mask/masker.ts';
import { secretForms } from '../run/mask/secret-forms.ts';

/** Output that ends without a line end, such as a prompt, is not kept waiting longer. */
const IDLE_MS = 50;
/** A program that the command left running may keep its output open for ever. */
const LEFT_OPEN_MS = 1000;

export interface PassedOutput {
  /** The command has ended: resolves when all that it printed is written. Throws OutputFailed if that was not possible. */
  left(): Promise<void>;
}

/** Passes what a command prints on to our own output, with secrets masked. Nothing to do where it has our streams. */
export function passOutput(child: ChildProcess, mask: readonly string[] | undefined): PassedOutput {
  if (mask === undefined) return { left: () => Promise.resolve() };
  const forms = secretForms(mask);
  const outputs = [child.stdout, child.stderr].flatMap((stream, index) =>
    stream === null ? [] : [new MaskedStream(stream, index + 1, new Masker(forms))],
  );
  return {
    left: async () => {
      await Promise.all(outputs.map((output) => output.left()));
    },
  };
}

class MaskedStream {
  readonly #from: Readable;
  readonly #fd: number;
  readonly #masker: Masker;
  readonly #ended: Promise<void>;
  /** Writes follow one another, also those of an idle moment. */
  #written: Promise<void> = Promise.resolve();
  #writing = 0;
  #fault: string | null = null;
  #waiting: NodeJS.Timeout | undefined;
  #open: NodeJS.Timeout | undefined;
  #isLeft = false;

  constructor(from: Readable, fd: number, masker: Masker) {
    this.#from = from;
    this.#fd = fd;
    this.#masker = masker;
    this.#ended = this.#pass();
  }

  async left(): Promise<void> {
    this.#isLeft = true;
    this.#awaitMore();
    await this.#ended;
    if (this.#fault !== null) throw new OutputFailed(this.#fault);
  }

  async #pass(): Promise<void> {
    try {
      for await (const piece of this.#from) {
        clearTimeout(this.#waiting);
        this.#awaitMore();
        await this.#give(this.#masker.write(piece as Buffer));
        if (this.#masker.waits)
          this.#waiting = setTimeout(() => {
            void this.#give(this.#masker.idle());
          }, IDLE_MS);
      }
    } catch {
      // It was closed by us.
    }
    clearTimeout(this.#waiting);
    clearTimeout(this.#open);
    await this.#give(this.#masker.end());
  }

  /** Gives up once the command has ended and nothing comes, or goes, for a while. */
  #awaitMore(): void {
    clearTimeout(this.#open);
    if (!this.#isLeft) return;
    this.#open = setTimeout(() => {
      if (this.#writing > 0) this.#awaitMore();
      else this.#from.destroy();
    }, LEFT_OPEN_MS);
  }

  #give(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return this.#written;
    this.#writing += 1;
    return (this.#written = this.#written.then(async () => {
      const fault = await writeAll(this.#fd, bytes);
      this.#writing -= 1;
      if (fault === null) return;
      // The command learns by its own output that nobody reads it any more.
      this.#from.destroy();
      if (fault !== 'EPIPE' && fault !== 'EOF') this.#fault ??= fault;
    }));
  }
}

/** Does not stop this process meanwhile, which passes signals on. Gives the system's code if it fails. */
function writeAll(fd: number, bytes: Buffer, from = 0): Promise<string | null> {
  return new Promise((resolve) => {
    write(fd, bytes, from, bytes.length - from, null, (fault, count) => {
      const again = fault?.code === 'EAGAIN';
      if (again) {
        // A full pipe that another process made non-blocking.
        setTimeout(() => {
          resolve(writeAll(fd, bytes, from));
        }, 5);
      } else if (fault !== null) resolve(fault.code ?? 'unknown');
      else resolve(from + count < bytes.length ? writeAll(fd, bytes, from + count) : null);
    });
  });
}
