import type { ServerResponse } from 'node:http';
import { isSameData } from '../lib/is-same-data.ts';

interface Answer {
  response: ServerResponse;
  status: number;
  body: string;
  bytes: number;
}

/**
 * Writes the answers of one turn of the event loop together, at its end. A caller that waits for its answer is woken by
 * the write, and waking each as its answer comes takes this process longer than the answer does.
 */
export class AnswersOfATurn {
  #ready: Answer[] = [];
  /** The last one as it was given. Many ask for the same token at once; to compare it is faster than to write it as JSON again. */
  #last: { value: unknown; body: string; bytes: number } | null = null;

  write(response: ServerResponse, status: number, value: unknown): void {
    try {
      const { body, bytes } = this.#textOf(value);
      if (this.#ready.push({ response, status, body, bytes }) === 1)
        setImmediate(() => {
          this.#writeReady();
        });
    } catch {
      // A bug ends one answer, not the app.
      response.destroy();
    }
  }

  #textOf(value: unknown): { body: string; bytes: number } {
    if (this.#last !== null && isSameData(this.#last.value, value)) return this.#last;
    const body = JSON.stringify(value);
    this.#last = { value, body, bytes: Buffer.byteLength(body) };
    return this.#last;
  }

  #writeReady(): void {
    const answers = this.#ready;
    this.#ready = [];
    this.#last = null;
    for (const answer of answers) {
      try {
        writeAnswer(answer);
      } catch {
        answer.response.destroy();
      }
    }
  }
}

function writeAnswer({ response, status, body, bytes }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  // ASCII-only text, such as a token, is written faster as latin1.
  response.end(body, bytes === body.length ? 'latin1' : 'utf8');
}
