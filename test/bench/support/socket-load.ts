import { connect, type NetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { timed } from '../statistics.ts';
import { localCallText } from './local-call.ts';

/** A request that waits for its answer before the next is sent, over one connection that is kept. */
class Caller {
  readonly #socket: Duplex;
  readonly #request: Buffer;
  /** Of one whole answer, once the first has been read. */
  #answerLength = 0;
  #received = 0;
  #answered: () => void = () => undefined;
  #failed: (fault: Error) => void = () => undefined;

  constructor(socket: Duplex, request: Buffer) {
    this.#request = request;
    this.#socket = socket;
    this.#socket.on('error', (fault) => {
      this.#failed(fault);
    });
    this.#socket.on('close', () => {
      this.#failed(new Error('the connection was closed'));
    });
    this.#socket.on('data', (chunk: Buffer) => {
      if (this.#answerLength === 0) this.#answerLength = wholeLength(chunk);
      this.#received += chunk.byteLength;
      if (this.#received > this.#answerLength) this.#failed(new Error('an answer of another length came'));
      if (this.#received < this.#answerLength) return;
      this.#received = 0;
      this.#answered();
    });
  }

  call(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.#socket.write(this.#request);
    });
  }

  end(): void {
    this.#failed = () => undefined;
    this.#socket.destroy();
  }
}

/** Of headers and body; throws when it is no success. */
function wholeLength(start: Buffer): number {
  const text = start.toString('latin1');
  const head = text.indexOf('\r\n\r\n');
  const length = /^content-length: (\d+)/im.exec(text.slice(0, head))?.[1];
  if (!text.startsWith('HTTP/1.1 200 ') || head < 0 || length === undefined)
    throw new Error(`not an answer: ${text.slice(0, 15)}`);
  return head + 4 + Number(length);
}

/** Requests over connections that are kept alive; each sends its next one when it has its answer. */
export interface Load {
  perSecond: (forMs: number) => Promise<number>;
  /** What each of `times` requests takes on each connection, ms. */
  latencies: (times: number) => Promise<number[]>;
  end: () => void;
}

/** Calls on a Unix socket. */
export const openLoad = (path: string, call: string, input: object, connections: number): Load =>
  openRequestLoad({ path }, localCallText(call, input, 'keep-alive'), connections);

/** The same request again and again, over `connections` at once. */
export const openRequestLoad = (to: NetConnectOpts, text: string, connections: number): Load =>
  openLoadOver(
    Array.from({ length: connections }, () => connect(to)),
    text,
  );

/** The same over connections that are there. */
export function openLoadOver(sockets: readonly Duplex[], text: string): Load {
  const request = Buffer.from(text);
  const callers = sockets.map((socket) => new Caller(socket, request));
  return {
    perSecond: async (forMs) => {
      const started = performance.now();
      let answers = 0;
      await Promise.all(
        callers.map(async (caller) => {
          while (performance.now() - started < forMs) {
            await caller.call();
            answers += 1;
          }
        }),
      );
      return (answers * 1000) / (performance.now() - started);
    },
    latencies: async (times) => {
      const values: number[] = [];
      await Promise.all(
        callers.map(async (caller) => {
          for (let time = 0; time < times; time += 1) values.push(await timed(() => caller.call()));
        }),
      );
      return values;
    },
    end: () => {
      for (const caller of callers) caller.end();
    },
  };
}
