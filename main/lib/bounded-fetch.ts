import type { ConnectionId, ProviderId } from '../../contract/ids.ts';
import type { Clock } from './clock.ts';

/** Whose network settings a request goes by; without one, the defaults. */
export interface Via {
  provider: ProviderId;
  /** Null while there is none yet, as in a first sign-in. */
  connection: ConnectionId | null;
}

export type FetchInit = RequestInit & { via?: Via };

export type Fetch = (url: string | URL, init?: FetchInit) => Promise<Response>;

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
  fetch?: Fetch;
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
      const response = await send(url, { ...init, signal, redirect: 'manual' });
      const body = await readAtMost(response, maxBytes);
      const empty = response.status === 204 || response.status === 304;
      return new Response(empty ? null : body, {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
      });
    } catch (fault) {
      throw abort.signal.aborted ? abort.signal.reason : fault;
    } finally {
      void timer.dispose();
    }
  };
}

async function readAtMost(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes)
      throw new FetchLimitError('size', `the answer is larger than ${String(maxBytes)} bytes`);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
    // An answer may hold tokens.
    chunk.fill(0);
  }
  return whole;
}
