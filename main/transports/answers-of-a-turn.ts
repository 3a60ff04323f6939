import type { ServerResponse } from 'node:http';
import { atEndOfTurn } from '../lib/at-end-of-turn.ts';
import { isSameData } from '../lib/is-same-data.ts';

interface Text {
  value: unknown;
  body: string;
  bytes: number;
}

/** Writes answers as JSON, those of one turn of the event loop together. */
export class AnswersOfATurn {
  /** The last one. Many ask for the same token at once; to compare it is faster than to write it as JSON again. */
  #last: Text | null = null;

  /** `toPage`: with what a browser has to be told of it. */
  write(response: ServerResponse, status: number, value: unknown, toPage: boolean): void {
    // A bug ends one answer, not the app.
    const guarded = (work: () => void): void => {
      try {
        work();
      } catch {
        response.destroy();
      }
    };
    guarded(() => {
      const text = this.#textOf(value);
      atEndOfTurn(() => {
        this.#last = null;
        guarded(() => {
          writeText(response, status, text, toPage ? PAGE_HEADERS : {});
        });
      });
    });
  }

  #textOf(value: unknown): Text {
    if (this.#last !== null && isSameData(this.#last.value, value)) return this.#last;
    const body = JSON.stringify(value);
    this.#last = { value, body, bytes: Buffer.byteLength(body) };
    return this.#last;
  }
}

const PAGE_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

function writeText(
  response: ServerResponse,
  status: number,
  { body, bytes }: Text,
  more: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes,
    ...more,
  });
  // ASCII-only text, such as a token, is written faster as latin1.
  response.end(body, bytes === body.length ? 'latin1' : 'utf8');
}
