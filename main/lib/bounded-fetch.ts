import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { Clock } from './clock.ts';

/** Whose network settings a request goes by; without one, the defaults. */
export interface Via {
  provider: ProviderId;
  /** Null while there is none yet, as in a first sign-in. */
  connection: ConnectionId | null;
}

export interface FetchInit {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  /** `URLSearchParams` are sent as a form. */
  body?: string | URLSearchParams;
  signal?: AbortSignal;
  redirect?: 'manual';
  via?: Via;
}

/** An answer that has been read whole: what we need of a `Response`, which takes longer to make than all else of a request. */
export interface Answer extends Pick<Response, 'status' | 'ok' | 'text'> {
  readonly headers: Pick<Headers, 'get'>;
}

export type Fetch = (url: string | URL, init?: FetchInit) => Promise<Answer>;

/** An answer whose body is still on its way; a `Response` is one. */
export interface ArrivingAnswer extends Pick<Response, 'status' | 'ok'> {
  readonly headers: Pick<Headers, 'get'>;
  readonly body: AsyncIterable<Uint8Array> | null;
}

export type Send = (url: string | URL, init?: FetchInit) => Promise<ArrivingAnswer>;

/** The same, by the network settings of a connection. */
export const fetchVia =
  (fetch: Fetch, via: Via): Fetch =>
  (url, init) =>
    fetch(url, { ...init, via });

/** The time limit or the size limit was passed; the request was ended. */
export class FetchLimitError extends Error {
  override readonly name = 'FetchLimitError';
  readonly limit: 'time' | 'size';

  constructor(limit: 'time' | 'size', message: string) {
    super(message);
    this.limit = limit;
  }
}

export interface FetchLimits {
  clock: Clock;
  /** By the wall clock, so that a sleep in the middle of a request ends it. Covers the body too. */
  timeoutMs?: number;
  maxBytes?: number;
  fetch?: Send;
}

/**
 * `fetch` that always ends: 20 s and 1 MiB by default, no redirects followed, the body read whole before it is
 * given. Throws FetchLimitError, or what `fetch` throws.
 */
export function boundedFetch({
  clock,
  timeoutMs = 20_000,
  maxBytes = 1 << 20,
  fetch: send = (url, init) => fetch(url, init),
}: FetchLimits): Fetch {
  return async (url, init = {}) => {
    const abort = new AbortController();
    const deadline = clock.now() + timeoutMs;
    let remaining = timeoutMs;
    let timer = clock.setTimeout(check, Math.min(1000, remaining));
    function check(): void {
      remaining -= 1000;
      if (clock.now() >= deadline || remaining <= 0)
        abort.abort(new FetchLimitError('time', `no answer within ${String(timeoutMs / 1000)} s`));
      else timer = clock.setTimeout(check, Math.min(1000, remaining));
    }
    const signal = init.signal ? AbortSignal.any([init.signal, abort.signal]) : abort.signal;
    try {
      const { status, ok, headers, body } = await send(url, { ...init, signal, redirect: 'manual' });
      const text = body === null ? '' : await readAtMost(body, maxBytes);
      return { status, ok, headers, text: () => Promise.resolve(text) };
    } catch (fault) {
      throw abort.signal.aborted ? abort.signal.reason : fault;
    } finally {
      void timer.dispose();
    }
  };
}

async function readAtMost(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes)
      throw new FetchLimitError('size', `the answer is larger than ${String(maxBytes)} bytes`);
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  const text = whole.toString('utf8');
  // An answer may hold tokens.
  for (const bytes of [...chunks, whole]) bytes.fill(0);
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

const BYTE_ORDER_MARK = '\uFEFF';
