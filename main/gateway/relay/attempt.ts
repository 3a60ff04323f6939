import {
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { atEndOfTurn } from '../../lib/at-end-of-turn.ts';
import type { Clock } from '../../lib/clock.ts';
import { missingScopes } from '../missing-scopes.ts';
import type { Upstream } from '../ports.ts';
import { answerHeaders, SANDBOXED } from './answer-headers.ts';
import type { Job } from './job.ts';
import { readPastFailedWrites } from './failed-writes.ts';
import { linksIn } from './interim-answers.ts';
import { requestHeaders } from './request-headers.ts';
import type { AddressBase } from './rewrite-links.ts';

/** How one try to have a request answered ended. */
export type Outcome =
  /** Passed on, or the client has left: there is nothing more to do. */
  | { readonly kind: 'over' }
  /** 401: nothing was passed on. `missing`: the scopes that it says are missing; null: it does not say so. */
  | { readonly kind: 'unauthorized'; readonly missing: readonly string[] | null }
  /** No answer, or one that was cut off. `stale`: on a kept connection that the upstream was just closing. */
  | { readonly kind: 'fault'; readonly fault: unknown; readonly stale: boolean }
  /** No beginning of an answer in time. */
  | { readonly kind: 'late' };

/** Called when an answer says something of rates. `raw`: names and values in turn. */
export type OnRates = (status: number, raw: readonly string[]) => void;

/** How long an upstream may take to begin its answer, from the end of the request. Nothing limits the answer itself. */
const FIRST_BYTE_MS = 120_000;

/** An answer up to this size that arrives at once is passed on at once. */
const MOST_HELD_BYTES = 32 * 1024;

const OVER: Outcome = { kind: 'over' };
const STALE_CODES: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE']);

interface Place {
  host: string;
  /** Without a slash at its end. */
  base: string;
}
const places = new WeakMap<URL, Place>();

/** Reading an address costs more than sending to it. */
function placeOf(url: URL): Place {
  let place = places.get(url);
  if (place === undefined) {
    place = { host: url.host, base: url.pathname.replace(/\/$/, '') };
    places.set(url, place);
  }
  return place;
}

/** Sends a request once, and passes its answer on unless it is a 401. Never rejects. */
export function attempt(job: Job, upstream: Upstream, clock: Clock, onRates: OnRates): Promise<Outcome> {
  return new Promise((resolve) => {
    const { method, target, framing, body, response } = job;
    const { host, base } = placeOf(upstream.url);
    const asked = target.bare === true && base !== '' ? base : `${base}${target.path}`;
    const path = `${asked}${target.query}`;
    const sent = httpRequest({
      agent: upstream.agent,
      method,
      path,
      headers: requestHeaders(job.request.rawHeaders, { host, credential: upstream.header, framing, method }),
    });
    let timer = body === null ? startTimer() : null;
    let isLate = false;
    let isOver = false;
    let received: IncomingMessage | null = null;
    const progress = { hasAnswer: false };

    function startTimer(): ReturnType<Clock['setTimeout']> {
      return clock.setTimeout(() => {
        isLate = true;
        sent.destroy();
      }, FIRST_BYTE_MS);
    }
    function end(outcome: Outcome): void {
      isOver = true;
      void timer?.dispose();
      response.off('close', leave);
      resolve(outcome);
    }
    function leave(): void {
      if (received?.complete !== true) {
        sent.destroy();
        body?.detach();
      }
      end(OVER);
    }
    function fail(fault: unknown): void {
      // By then the body may be on its way to another one.
      if (isOver) return;
      body?.detach();
      if (job.isGone()) end(OVER);
      else if (isLate) end({ kind: 'late' });
      else end({ kind: 'fault', fault, stale: sent.reusedSocket && isStale(fault) });
    }

    response.once('close', leave);
    sent.on('error', fail);
    // Nobody asked for another protocol.
    sent.on('upgrade', (_, socket) => {
      socket.destroy();
      fail(new Error('unasked upgrade'));
    });
    sent.on('response', (answer) => {
      received = answer;
      progress.hasAnswer = true;
      void timer?.dispose();
      timer = null;
      if (answer.statusCode === 401) {
        body?.detach();
        discard(answer, sent);
        end({ kind: 'unauthorized', missing: missingScopes(answer.headers) });
        return;
      }
      sent.off('error', fail);
      sent.on('error', () => undefined);
      passOn(answer, sent, { job, upstream, path, onRates, cut: fail });
    });
    sent.on('socket', (socket) => {
      readPastFailedWrites(socket, progress);
    });
    sent.on('information', ({ statusCode, rawHeaders }) => {
      if (statusCode === 100) {
        job.continue();
        return;
      }
      // It is at work.
      if (timer !== null) {
        void timer.dispose();
        timer = startTimer();
      }
      const { headers } = answerHeaders(rawHeaders, baseOf(job, upstream, path), upstream.header);
      job.inform({ status: statusCode, links: linksIn(headers) });
    });
    if (body === null) {
      atEndOfTurn(() => {
        sent.end();
      });
      return;
    }
    sent.on('finish', () => {
      timer ??= startTimer();
    });
    body.sendTo(sent);
  });
}

/** An answer that nobody gets: read to its end if that is near, so that the connection can be used again. */
function discard(answer: IncomingMessage, sent: ClientRequest): void {
  let left = 64 * 1024;
  answer.on('error', () => undefined);
  answer.on('data', (chunk: Buffer) => {
    left -= chunk.byteLength;
    if (left < 0) sent.destroy();
  });
  if (!sent.writableEnded) sent.destroy();
}

interface PassOn {
  job: Job;
  upstream: Upstream;
  path: string;
  onRates: OnRates;
  /** The answer was cut off, or cannot be passed on. */
  cut: (fault: unknown) => void;
}

/** Passes an answer on as fast as the client takes it. */
function passOn(
  answer: IncomingMessage,
  sent: ClientRequest,
  { job, upstream, path, onRates, cut }: PassOn,
): void {
  const { response } = job;
  const status = answer.statusCode ?? 502;
  const { rawHeaders } = answer;
  const { headers, ofRates } = answerHeaders(rawHeaders, baseOf(job, upstream, path), upstream.header);
  if (ofRates || status === 429 || status === 503) onRates(status, rawHeaders);
  if (job.request.headers['sec-fetch-mode'] !== undefined) headers.push(...SANDBOXED);
  answer.on('error', cut);
  try {
    response.writeHead(status, answer.statusMessage, headers);
  } catch (fault) {
    sent.destroy();
    cut(fault);
    return;
  }
  let held: Buffer | null = null;
  let isHolding = true;
  const release = (): void => {
    isHolding = false;
    if (held === null) response.flushHeaders();
    else if (!response.write(held)) answer.pause();
    held = null;
  };
  // A stream may have nothing to say for long. What came together with the headers has been received by then.
  const soon = setImmediate(() => {
    if (isHolding) release();
  });
  answer.on('data', (chunk: Buffer) => {
    job.responseBytes += chunk.byteLength;
    if (isHolding && held === null && chunk.byteLength <= MOST_HELD_BYTES) {
      held = chunk;
      return;
    }
    if (isHolding) release();
    if (!response.write(chunk)) answer.pause();
  });
  // Not before the others had their turn: a fast upstream would have all of it to the end of its answer.
  response.on('drain', () => {
    atEndOfTurn(() => {
      answer.resume();
    });
  });
  answer.on('end', () => {
    clearImmediate(soon);
    isHolding = false;
    if (held === null) response.end();
    else endAtEndOfTurn(response, held);
    if (sent.writableEnded) return;
    // It was answered before it was whole.
    job.body?.detach();
    sent.destroy();
    job.endRest();
  });
}

/** Headers and body as one string leave in one piece; each character is a byte. */
const endAtEndOfTurn = (response: ServerResponse, body: Buffer): void => {
  atEndOfTurn(() => {
    response.end(body.toString('latin1'), 'latin1');
  });
};

/** What addresses in an answer are read by; null: they stay as they are. */
const baseOf = ({ target: { publicUrl } }: Job, upstream: Upstream, askedPath: string): AddressBase | null =>
  publicUrl === null ? null : { upstream: upstream.url, askedPath, publicUrl };

const isStale = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && STALE_CODES.has(fault.code);
