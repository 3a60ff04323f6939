import { WAITS_HEADER } from '../../contract/waits.ts';

/** Receives the parsed answer, in order: `head` once, then `body` for each piece. */
export interface ResponseSink {
  /** The answer takes a while (an interim response, RFC 9110 §15.2). `forApproval`: the person has to decide first. */
  interim?(forApproval: boolean): void;
  head(status: number): void;
  body(piece: Buffer): void;
}

/** The bytes are not an HTTP/1.1 answer. The message contains none of them, because they may be secret. */
export class MalformedResponse extends Error {
  override readonly name = 'MalformedResponse';
}

const WAITS = new RegExp(`\\r\\n${WAITS_HEADER}:[ \\t]*approval[ \\t]*\\r`, 'i');
const MAX_HEAD_BYTES = 65_536;
const MAX_LINE_BYTES = 4096;
const NOTHING = Buffer.alloc(0);

/**
 * Reads one HTTP/1.1 answer (RFC 9112), however it is split into pieces. Hand-written because loading `node:http`
 * takes longer than everything else that `tokentray get` does.
 */
export class ResponseParser {
  readonly #sink: ResponseSink;
  #state: 'head' | 'sized' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'until-close' | 'complete' =
    'head';
  #pending: Buffer = NOTHING;
  #remaining = 0;

  constructor(sink: ResponseSink) {
    this.#sink = sink;
  }

  /** Whether the answer is complete. */
  get complete(): boolean {
    return this.#state === 'complete';
  }

  /** Throws MalformedResponse. */
  push(data: Buffer): void {
    this.#pending = this.#pending.length === 0 ? data : Buffer.concat([this.#pending, data]);
    while (this.#step());
  }

  /** To be called when the connection was closed; returns whether the answer is complete. */
  close(): boolean {
    if (this.#state === 'until-close') this.#state = 'complete';
    return this.complete;
  }

  /** Takes one step if enough bytes have arrived. */
  #step(): boolean {
    switch (this.#state) {
      case 'head':
        return this.#readHead();
      case 'sized':
      case 'chunk':
        return this.#readSized();
      case 'chunk-size': {
        const line = this.#takeLine();
        if (line === null) return false;
        const size = /^[0-9a-f]{1,8}(?=$|[ \t;])/i.exec(line)?.[0];
        if (size === undefined) throw new MalformedResponse('bad chunk size');
        this.#remaining = parseInt(size, 16);
        this.#state = this.#remaining === 0 ? 'trailers' : 'chunk';
        return true;
      }
      case 'chunk-end': {
        const line = this.#takeLine();
        if (line === null) return false;
        if (line !== '') throw new MalformedResponse('bad end of chunk');
        this.#state = 'chunk-size';
        return true;
      }
      case 'trailers': {
        const line = this.#takeLine();
        if (line === '') this.#state = 'complete';
        return line !== null && line !== '';
      }
      case 'until-close':
        this.#sink.body(this.#take(this.#pending.length));
        return false;
      case 'complete':
        return false;
    }
  }

  #readHead(): boolean {
    const end = this.#pending.indexOf('\r\n\r\n');
    if (end < 0) {
      if (this.#pending.length > MAX_HEAD_BYTES) throw new MalformedResponse('the head does not end');
      const start = this.#pending.toString('latin1', 0, 7);
      if (!'HTTP/1.'.startsWith(start)) throw new MalformedResponse('no HTTP answer');
      return false;
    }
    const head = this.#take(end + 4).toString('latin1');
    const status = /^HTTP\/1\.[01] ([1-5][0-9]{2})(?: |\r)/.exec(head)?.[1];
    if (status === undefined) throw new MalformedResponse('no HTTP status');
    if (status.startsWith('1')) {
      this.#sink.interim?.(WAITS.test(head));
      return true;
    }
    this.#sink.head(Number(status));
    const length = /\r\ncontent-length:[ \t]*([0-9]{1,15})[ \t]*\r/i.exec(head)?.[1];
    if (/\r\ntransfer-encoding:[ \t]*chunked[ \t]*\r/i.test(head)) this.#state = 'chunk-size';
    else if (status === '204' || length === '0') this.#state = 'complete';
    else if (length === undefined) this.#state = 'until-close';
    else {
      this.#state = 'sized';
      this.#remaining = Number(length);
    }
    return true;
  }

  #readSized(): boolean {
    if (this.#pending.length === 0) return false;
    const piece = this.#take(Math.min(this.#remaining, this.#pending.length));
    this.#remaining -= piece.length;
    if (this.#remaining === 0) this.#state = this.#state === 'chunk' ? 'chunk-end' : 'complete';
    this.#sink.body(piece);
    return true;
  }

  #takeLine(): string | null {
    const end = this.#pending.indexOf('\r\n');
    if (end < 0) {
      if (this.#pending.length > MAX_LINE_BYTES) throw new MalformedResponse('a line does not end');
      return null;
    }
    return this.#take(end + 2).toString('latin1', 0, end);
  }

  #take(bytes: number): Buffer {
    const taken = this.#pending.subarray(0, bytes);
    this.#pending = this.#pending.subarray(bytes);
    return taken;
  }
}
