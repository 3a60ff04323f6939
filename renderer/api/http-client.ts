import type { FailureBody } from '../../contract/errors.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { ApiClient, LinkState, Reply } from './api-client.ts';
import { createEventStreamParser } from './event-stream.ts';
import type { PageKey } from './page-key.ts';
import { resumePath } from './resume.ts';

export interface HttpClientPorts {
  fetch: typeof fetch;
  /** Resolves after `ms`, or at once when the signal aborts. */
  delay: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Lets the page reconnect to the next core. Null: this browser cannot create one. */
  pageKey: () => Promise<PageKey | null>;
  origin: string;
  /** Navigates to this path. */
  go: (path: string) => void;
  /** Gets bugs of ours that must not end the subscription: an event that cannot be parsed, or a listener that throws. */
  report: (fault: unknown) => void;
}

const HEADERS = { 'X-Tokentray': '1' };
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

const notReachable: Reply<never> = {
  ok: false,
  error: {
    code: 'not-reachable',
    message: 'Tokentray isn’t running, so nothing was changed.',
    hint: 'Start it again, then continue in the page that opens.',
  },
};

const linkEnded: Reply<never> = {
  ok: false,
  error: {
    code: 'not-reachable',
    message: 'This page’s link has expired, so nothing was changed.',
    hint: 'Open a new one: run “tokentray” in a terminal.',
  },
};

/** Delay before the given attempt (0 is the first retry), ms. */
export const retryDelayMs = (attempt: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** attempt, LONGEST_RETRY_MS);

/** The core behind `POST v1/<call>` and `GET v1/events`, relative to the page: its path is as secret as its cookie. */
export function createHttpClient({ fetch, delay, pageKey, origin, go, report }: HttpClientPorts): ApiClient {
  /** An error in `act` is not an error of the connection and must not end it. */
  function guarded(act: () => void): void {
    try {
      act();
    } catch (fault) {
      report(fault);
    }
  }

  /** Receives events until the stream ends. True if it had started. Never rejects: a failure means that the connection is lost. */
  async function listen(
    listener: (event: CoreEvent) => void,
    onState: (state: LinkState) => void,
    signal: AbortSignal,
  ): Promise<boolean> {
    let connected = false;
    try {
      const key = await pageKey();
      const headers = { ...HEADERS, ...(key && { 'X-Tokentray-Page': key.text }) };
      const response = await fetch('v1/events', { headers, signal, cache: 'no-store' });
      if (response.status === 401 || response.status === 403) {
        const path = key && (await resumePath(key, { fetch, origin }));
        if (path === null) onState('refused');
        else go(path);
        return false;
      }
      if (!response.ok || response.body === null) {
        onState('down');
        return false;
      }
      connected = true;
      onState('live');
      const read = createEventStreamParser((data) => {
        guarded(() => {
          listener(JSON.parse(data) as CoreEvent);
        });
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) read(part.value);
    } catch {
      // The connection was lost, or never made.
    }
    if (!signal.aborted) onState('down');
    return connected;
  }

  return {
    async call(name, input) {
      let response: Response;
      try {
        response = await fetch(`v1/${name}`, {
          method: 'POST',
          headers: { ...HEADERS, 'Content-Type': 'application/json' },
          body: JSON.stringify(input),
          cache: 'no-store',
        });
      } catch {
        return notReachable;
      }
      try {
        // The core validates what it sends against the contract; the page has no schema library.
        if (response.ok) return { ok: true, value: (await response.json()) as never };
        if (response.status === 401) return linkEnded;
        return { ok: false, error: ((await response.json()) as FailureBody).error };
      } catch {
        return {
          ok: false,
          error: {
            code: 'internal',
            message: `This page can’t read Tokentray’s answer (HTTP ${response.status}).`,
            hint: 'Reload the page.',
          },
        };
      }
    },

    subscribe(listener, onState) {
      const ending = new AbortController();
      const { signal } = ending;
      const reportState = (state: LinkState): void => {
        guarded(() => {
          onState(state);
        });
      };
      void (async () => {
        for (let attempt = 0; !signal.aborted; attempt++) {
          if (await listen(listener, reportState, signal)) attempt = 0;
          await delay(retryDelayMs(attempt), signal);
        }
      })();
      return () => {
        ending.abort();
      };
    },
  };
}
