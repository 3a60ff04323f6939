import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CoreEvent } from '../../contract/events.ts';
import type { Caller, ErrorCode } from '../../contract/vocabulary.ts';
import type { CoreApi } from '../api/core-api.ts';
import type { Event } from '../lib/emitter.ts';
import { fail, failure, type Result } from '../lib/result.ts';
import { AnswersOfATurn } from './answers-of-a-turn.ts';
import { HttpCall, wantsProcessing, type HttpCaller } from './http-call.ts';
import { streamRun, type HoldRun } from './run-stream.ts';

/** The largest body of a call, bytes. */
const MAX_BODY_BYTES = 256 * 1024;
/** An event listener that falls this far behind is disconnected. */
const MAX_EVENT_BACKLOG_BYTES = 4 * 1024 * 1024;
const EVENT_PING_MS = 15_000;
const RUNS = '/v1/runs/';
/** Well below the 30 s of silence after which the command line gives up. */
const PROCESSING_MS = 10_000;

/** HTTP status of a failure; callers decide by the code in the body, this is for proxies and people with curl. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  'not-found': 404,
  forbidden: 403,
  conflict: 409,
  'invalid-input': 400,
  ambiguous: 400,
  usage: 400,
  internal: 500,
  offline: 503,
  temporary: 503,
};

const answers = new AnswersOfATurn();

export type HttpRouter = (request: IncomingMessage, response: ServerResponse, from: HttpCaller) => void;

/**
 * `POST /v1/<call>` and `GET /v1/events`: the same for the local socket and for the page on loopback. `GET /v1/runs/<run>` is for
 * the command line alone.
 */
export function createHttpRouter({ dispatch, events }: CoreApi, holdRun: HoldRun = () => null): HttpRouter {
  return (request, response, from) => {
    const { caller } = from;
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (path === '/v1/events' && caller !== 'remote') {
      if (request.method === 'GET') streamEvents(request, response, events);
      else refuse(response, 405, 'Use GET.');
      return;
    }
    if (path.startsWith(RUNS) && caller === 'cli') {
      const run = path.slice(RUNS.length);
      if (request.method !== 'GET') refuse(response, 405, 'Use GET.');
      else if (!streamRun(request, response, holdRun, run)) refuse(response, 404, 'There is no such run.');
      return;
    }
    if (!path.startsWith('/v1/')) {
      refuse(response, 404, 'There is nothing here.');
      return;
    }
    if (request.method !== 'POST') {
      refuse(response, 405, 'Use POST.');
      return;
    }
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      refuse(response, 415, 'Send the input as application/json.');
      return;
    }
    readBody(request, (text) => {
      const input = parseInput(text);
      const result = input.ok
        ? dispatch(new HttpCall(from, request, response), path.slice('/v1/'.length), input.value)
        : failure(input.error);
      if (!(result instanceof Promise)) {
        send(response, result, caller);
        return;
      }
      const stopProcessing = sendProcessing(request, response, caller);
      void result.then((later) => {
        stopProcessing();
        send(response, later, caller);
      });
    });
  };
}

/**
 * Every 10 s, tells a caller that asked for it (`Prefer: processing`) that its answer is on the way (RFC 2518 §10.1): a
 * keychain prompt, a slow provider and earlier requests in a queue can take any length of time.
 */
function sendProcessing(request: IncomingMessage, response: ServerResponse, caller: Caller): () => void {
  if (!wantsProcessing(request, caller)) return () => undefined;
  const timer = setInterval(() => {
    response.writeProcessing();
  }, PROCESSING_MS);
  timer.unref();
  const stop = (): void => {
    clearInterval(timer);
  };
  response.on('close', stop);
  return stop;
}

/**
 * With events, because iterating over the request would take as long as the rest of a call. One that is cut off, or too
 * large, ends its connection, and nothing is called.
 */
function readBody(request: IncomingMessage, whole: (text: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else request.destroy();
  });
  request.on('end', () => {
    const [only] = chunks;
    whole((only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks)).toString('utf8'));
  });
}

function parseInput(text: string): Result<unknown> {
  try {
    return { ok: true, value: text === '' ? {} : (JSON.parse(text) as unknown) };
  } catch {
    return fail('invalid-input', 'The input is not JSON.');
  }
}

function send(response: ServerResponse, result: Result<unknown>, caller: Caller): void {
  const status = result.ok ? 200 : (STATUS[result.error.code] ?? 422);
  const value = result.ok ? result.value : { error: result.error };
  answers.write(response, status, value, caller !== 'cli');
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const { error } = fail(status === 404 ? 'not-found' : 'invalid-input', message);
  const body = JSON.stringify({ error });
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(body);
}

function streamEvents(request: IncomingMessage, response: ServerResponse, events: Event<CoreEvent>): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.write('retry: 1000\n\n');
  const send = (text: string): void => {
    if (response.writableLength > MAX_EVENT_BACKLOG_BYTES) response.destroy();
    else response.write(text);
  };
  const subscription = events((event) => {
    send(`data: ${JSON.stringify(event)}\n\n`);
  });
  const ping = setInterval(() => {
    send(': ping\n\n');
  }, EVENT_PING_MS);
  ping.unref();
  const end = (): void => {
    clearInterval(ping);
    void subscription.dispose();
  };
  request.on('close', end);
  response.on('close', end);
  response.on('error', end);
}
