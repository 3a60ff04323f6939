import type { ClientRequest, IncomingMessage } from 'node:http';

/** A body up to this size can be sent again, and shown to rules. */
export const MOST_KEPT_BYTES = 1 << 20;

/**
 * The body of a request on its way: goes to one upstream request after the other, from its start as long as it is kept.
 * Read only as fast as the upstream takes it.
 */
export class RequestBody {
  readonly #from: IncomingMessage;
  /** Null: more came than is kept. */
  #kept: Buffer[] | null = [];
  #ended = false;
  #gone = false;
  #to: ClientRequest | null = null;
  #asked: ((whole: Buffer | null) => void)[] = [];
  /** Bytes received so far. */
  bytes = 0;

  /** Does not read before it is sent or asked for. */
  constructor(from: IncomingMessage) {
    this.#from = from;
    from.pause();
    from.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    from.on('end', () => {
      this.#ended = true;
      this.#answer();
      this.#to?.end();
    });
    from.on('close', () => {
      if (this.#ended) return;
      this.#gone = true;
      this.#answer();
    });
    // The listener for data has set it going.
    from.pause();
  }

  /** Whether it can be sent from its start. */
  get canRepeat(): boolean {
    return this.#kept !== null && !this.#gone;
  }

  /** Sends it from its start, and whatever comes as it comes. Only while it can be repeated. */
  sendTo(upstream: ClientRequest): void {
    this.#to = upstream;
    const resume = (): void => {
      if (this.#to === upstream) this.#from.resume();
    };
    upstream.on('drain', resume);
    let takesMore = true;
    for (const chunk of this.#kept ?? []) takesMore = upstream.write(chunk);
    if (this.#ended) upstream.end();
    else if (takesMore) this.#from.resume();
  }

  /** Sends no more to where it goes; the rest is not read. */
  detach(): void {
    this.#to = null;
    if (!this.#ended) this.#from.pause();
  }

  /** Nothing of it is needed any more: the rest is read and forgotten, so that the connection can be used again. */
  drop(): void {
    this.#to = null;
    this.#kept = null;
    this.#answer();
    if (!this.#ended && !this.#gone) this.#from.resume();
  }

  /** All of it; null when it is longer than what is kept, or the client left. */
  whole(): Promise<Buffer | null> {
    return new Promise((resolve) => {
      this.#asked.push(resolve);
      if (this.#ended || this.#gone || this.#kept === null || this.bytes > MOST_KEPT_BYTES) this.#answer();
      else this.#from.resume();
    });
  }

  #receive(chunk: Buffer): void {
    this.bytes += chunk.byteLength;
    const fits = this.bytes <= MOST_KEPT_BYTES;
    if (this.#to === null && !fits && this.#kept !== null && this.#asked.length > 0) {
      // Rules wanted it, and nothing has taken it yet: what came is still sent, but only once.
      this.#kept.push(chunk);
      this.#from.pause();
      this.#answer();
      return;
    }
    if (fits) this.#kept?.push(chunk);
    else this.#kept = null;
    if (this.#to !== null && !this.#to.write(chunk)) this.#from.pause();
  }

  #answer(): void {
    if (this.#asked.length === 0) return;
    const isWhole = this.#ended && this.#kept !== null && this.bytes <= MOST_KEPT_BYTES;
    const whole = isWhole && this.#kept !== null ? Buffer.concat(this.#kept) : null;
    for (const resolve of this.#asked) resolve(whole);
    this.#asked = [];
  }
}
