import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayDecision } from '../../../contract/vocabulary.ts';
import type { ConsumerRequest } from '../../consumers/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { sendOwnAnswer, type OwnAnswer } from '../own-answer.ts';
import type { RelayTarget } from '../ports.ts';
import { passInterim, type InterimAnswer } from './interim-answers.ts';
import { MOST_KEPT_BYTES, RequestBody } from './request-body.ts';
import type { Framing } from './request-headers.ts';

/** How long a client may go on with a body that nobody wants any more, until its connection is ended. */
const LINGER_MS = 5000;

/** One request of a consumer, from its arrival to the end of its answer. */
export class Job {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: RelayTarget;
  readonly method: string;
  readonly framing: Framing;
  /** Null: the request has none. */
  readonly body: RequestBody | null;
  /** Resolves when the last byte of the answer was sent, or the client has left. */
  readonly ended: Promise<void>;
  readonly startedMs: number;
  responseBytes = 0;
  decision: GatewayDecision = 'allowed';
  reason: string | null = null;
  readonly #clock: Clock;
  readonly #abort = new AbortController();
  #continued = false;

  constructor(request: IncomingMessage, response: ServerResponse, target: RelayTarget, clock: Clock) {
    this.request = request;
    this.response = response;
    this.target = target;
    this.method = request.method ?? '';
    this.framing = framingOf(request);
    this.body = this.framing === null || this.framing === 0 ? null : new RequestBody(request);
    this.#clock = clock;
    this.startedMs = clock.monotonicMs();
    this.ended = new Promise((resolve) => {
      response.once('close', () => {
        if (!response.writableFinished) this.#abort.abort();
        resolve();
      });
    });
  }

  /** Aborts when the client has left, or nobody may answer it any more. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  isGone(): boolean {
    return this.#abort.signal.aborted;
  }

  /** As rules see it. */
  asked(): ConsumerRequest {
    const { consumer, connection, entrance, api, path, query, keyWorks } = this.target;
    return {
      consumer,
      connection,
      entrance,
      api,
      method: this.method,
      path,
      query,
      contentType: certainMediaType(this.request),
      body: () => this.#whole(),
      keyWorks,
    };
  }

  /** Answers the interim response that the client waits for before it sends its body. */
  continue(): void {
    if (this.#continued) return;
    this.#continued = true;
    this.inform({ status: 100, links: [] });
  }

  /** Passes on what an upstream answers before its answer proper. */
  inform(answer: InterimAnswer): void {
    passInterim(this.request, this.response, answer);
  }

  /** Ends it with an answer of ours, or cuts it when another has begun. */
  answer(answer: OwnAnswer): void {
    if (this.response.headersSent) this.response.destroy();
    else sendOwnAnswer(this.request, this.response, answer);
    this.endRest();
  }

  /** Nobody may answer it any more, for the reason given. */
  stop(answer: OwnAnswer): void {
    this.decision = 'refused';
    this.reason = answer.message;
    this.answer(answer);
    this.#abort.abort();
  }

  /** Of a body that nobody wants, a little more is read, so that the client gets to see the answer. */
  endRest(): void {
    if (this.body === null || this.request.complete) return;
    this.body.drop();
    const timer = this.#clock.setTimeout(() => {
      this.request.socket.destroy();
    }, LINGER_MS);
    this.request.once('close', () => void timer.dispose());
  }

  #whole(): Promise<Buffer | null> {
    if (this.body === null) return Promise.resolve(null);
    if (typeof this.framing === 'number' && this.framing > MOST_KEPT_BYTES) return Promise.resolve(null);
    if (this.request.headers.expect !== undefined) this.continue();
    return this.body.whole();
  }
}

function framingOf({ headers }: IncomingMessage): Framing {
  if (headers['transfer-encoding'] !== undefined) return 'chunked';
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}

/**
 * Lower case, without parameters; empty where a service may read the body as something else: of several types, in another
 * character set than UTF-8, compressed.
 */
function certainMediaType({ headers, headersDistinct }: IncomingMessage): string {
  const header = headers['content-type'];
  if (header === undefined || (headersDistinct['content-type']?.length ?? 0) > 1) return '';
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') return '';
  const charsets = header.toLowerCase().match(/charset[^;]*/g) ?? [];
  if (!charsets.every((each) => /^charset="?(?:utf-8|us-ascii)"?\s*$/.test(each))) return '';
  return (header.split(';', 1)[0] ?? '').trim().toLowerCase();
}
