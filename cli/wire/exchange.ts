import { SESSION_BUS_HEADER } from '../../contract/session-bus.ts';
import type { LinkEvents } from './link.ts';
import { netLink } from './net-link.ts';
import { MalformedResponse, ResponseParser } from './response-parser.ts';

/** The app's local socket or named pipe; `secret` only for the pipe. */
export interface Address {
  readonly socket: string;
  readonly secret: string | null;
  /** The session bus that this command would find the keychain on; the app may have been started without one. */
  readonly sessionBus?: string | null;
}

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** JSON text; null for none. */
  readonly body: string | null;
}

export interface ExchangeOptions {
  /** Longest silence; 0 for no limit. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called each time the app reports that the answer takes a while. `forApproval`: the person has to decide first. */
  readonly onInterim?: ((forApproval: boolean) => void) | undefined;
  /** Receives the body of a 200 answer as it arrives, instead of collecting it. */
  readonly stream?: { onOpen(): unknown; onPiece(piece: Buffer): unknown };
}

/**
 * How a request ended. `unreachable`: nothing listens there and nothing was sent; `cut`: the connection ended before the
 * answer was complete; `malformed`: the answer is not HTTP; `silent`: nothing arrived within the time limit.
 */
export type Exchange =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Buffer }
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'cut' | 'malformed' | 'silent' | 'aborted' };

/** Sends one request on its own connection. Rejects only with what `stream` throws. */
export function exchange(address: Address, request: Request, options: ExchangeOptions): Promise<Exchange> {
  const { signal, stream, timeoutMs } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      resolve({ kind: 'aborted' });
      return;
    }
    const pieces: Buffer[] = [];
    let status = 0;
    let connected = false;
    const parser = new ResponseParser({
      interim: (forApproval) => options.onInterim?.(forApproval),
      head: (code) => {
        status = code;
        if (status === 200) stream?.onOpen();
      },
      body: (piece) => {
        if (stream && status === 200) stream.onPiece(piece);
        else pieces.push(piece);
      },
    });

    const events: LinkEvents = {
      connected: () => {
        connected = true;
        link.write(head(address, request) + (request.body ?? ''));
      },
      data: (piece) => {
        silence?.refresh();
        try {
          parser.push(piece);
        } catch (fault) {
          if (fault instanceof Error && !(fault instanceof MalformedResponse)) reject(fault);
          finish({ kind: 'malformed' });
          return;
        }
        if (parser.complete) finish({ kind: 'answer', status, body: Buffer.concat(pieces) });
      },
      ended: (code) => {
        if (!connected) finish({ kind: 'unreachable', code: code ?? 'unknown' });
        else if (parser.close()) finish({ kind: 'answer', status, body: Buffer.concat(pieces) });
        else finish({ kind: 'cut' });
      },
    };
    const finish = (end: Exchange): void => {
      clearTimeout(silence);
      signal?.removeEventListener('abort', abort);
      link.close();
      resolve(end);
    };
    const abort = (): void => {
      finish({ kind: 'aborted' });
    };

    const link = netLink(address.socket, events);
    signal?.addEventListener('abort', abort);
    const silence =
      timeoutMs === 0
        ? undefined
        : setTimeout(() => {
            finish({ kind: 'silent' });
          }, timeoutMs);
  });
}

function head({ secret, sessionBus }: Address, { method, path, body }: Request): string {
  return (
    `${method} ${path} HTTP/1.1\r\nHost: tokentray\r\nConnection: close\r\nPrefer: processing\r\n` +
    (secret === null ? '' : `Authorization: Bearer ${secret}\r\n`) +
    (sessionBus ? `${SESSION_BUS_HEADER}: ${sessionBus}\r\n` : '') +
    (body === null
      ? ''
      : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`) +
    '\r\n'
  );
}

/** Null if something accepts connections there, otherwise the system's error code. */
export function probe(socketPath: string): Promise<string | null> {
  return new Promise((resolve) => {
    const link = netLink(socketPath, {
      connected: () => {
        link.close();
        resolve(null);
      },
      data: () => undefined,
      ended: resolve,
    });
  });
}
