import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { CallFrom } from '../api/call-from.ts';
import { WAITS_HEADER } from '../../contract/waits.ts';
import type { Caller } from '../../contract/vocabulary.ts';

/** What is known of the client before its request is read. */
export type HttpCaller = Pick<CallFrom, 'caller' | 'consumer'>;

/** Where a call over HTTP comes from. */
export class HttpCall implements CallFrom {
  readonly caller: Caller;
  readonly consumer: CallFrom['consumer'];
  readonly socket: Socket | undefined;
  readonly #response: ServerResponse;
  readonly #wantsProcessing: boolean;
  #signal: AbortSignal | undefined;

  constructor({ caller, consumer }: HttpCaller, request: IncomingMessage, response: ServerResponse) {
    this.caller = caller;
    this.consumer = consumer;
    this.socket = caller === 'cli' ? request.socket : undefined;
    this.#response = response;
    this.#wantsProcessing = wantsProcessing(request, caller);
  }

  waitsForPerson(): void {
    if (this.#wantsProcessing) writeWaiting(this.#response);
  }

  /** Made when it is first asked for: most calls are answered at once. */
  get signal(): AbortSignal {
    return (this.#signal ??= abortedByLeaving(this.#response));
  }
}

/** Interim responses are for callers that asked for them (`Prefer: processing`): not every HTTP library understands them. */
export const wantsProcessing = ({ headers }: IncomingMessage, caller: Caller): boolean =>
  caller === 'cli' && headers['prefer'] === 'processing';

/** As `writeProcessing`, which takes no headers. Behind other answers of its connection it is left out. */
function writeWaiting(response: ServerResponse): void {
  if (!response.headersSent)
    response.socket?.write(`HTTP/1.1 102 Processing\r\n${WAITS_HEADER}: approval\r\n\r\n`);
}

function abortedByLeaving(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  if (response.destroyed) controller.abort();
  else
    response.once('close', () => {
      if (!response.writableFinished) controller.abort();
    });
  return controller.signal;
}
