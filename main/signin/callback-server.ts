import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { limitConnections } from '../lib/connection-limit.ts';
import type { Disposable } from '../lib/disposable.ts';
import { isFromOwnUser } from '../lib/peer-owner.ts';
import { plainPageHeaders, renderPlainPage, type PlainPage } from '../lib/plain-page.ts';
import { renderPage } from './callback-page.ts';
import { landingPath, type CallbackDecision, type CallbackRequest } from './callback-request.ts';

/** Receives callbacks. */
export interface CallbackReceiver {
  /** Changes nothing. */
  decide(request: CallbackRequest): CallbackDecision<unknown>;
  /** Decides again; what is accepted counts as received. */
  receive(request: CallbackRequest): CallbackDecision<unknown>;
  /**
   * What the browser is shown after its answer; null for a request that leads to no such page. Waits for the sign-in to go
   * on, for less than `LONGEST_WAIT_MS`.
   */
  land(request: CallbackRequest): Promise<PlainPage | null>;
}

const MAX_CONNECTIONS = 64;
/** Browsers send every cookie of `localhost`, whichever app set it. */
const MAX_HEADER_BYTES = 64 * 1024;
const HEADERS_MS = 5000;
/** Sockets that are silent for this long are closed. */
export const LONGEST_WAIT_MS = 2 * HEADERS_MS;

export type ListenOutcome =
  | { kind: 'listening'; server: Disposable }
  /** The machine lacks the address family. */
  | { kind: 'no-such-address' }
  /** `code` is the system's, such as EADDRINUSE. */
  | { kind: 'refused'; code: string };

/** Listens for callbacks on one literal loopback address. */
export async function listenOn(
  host: string,
  port: number,
  receiver: CallbackReceiver,
): Promise<ListenOutcome> {
  const server = callbackServer(receiver);
  const code = await listen(server, host, port);
  if (code === null) return { kind: 'listening', server: { dispose: () => closeServer(server) } };
  const missing = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(code);
  return missing ? { kind: 'no-such-address' } : { kind: 'refused', code };
}

/** Null when it listens, else the system's error code. */
const listen = (server: Server, host: string, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    // Stays for later errors, such as too many open files, which should cost one connection, not the app.
    server.on('error', (fault: NodeJS.ErrnoException) => {
      resolve(fault.code ?? 'unknown');
    });
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, () => {
      resolve(null);
    });
  });

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });

function callbackServer(receiver: CallbackReceiver): Server {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      requestTimeout: HEADERS_MS,
      connectionsCheckingInterval: 1000,
    },
    (request, response) => {
      void answer(request, response, receiver, () => {
        connections.prove(request.socket);
      });
    },
  );
  server.setTimeout(LONGEST_WAIT_MS);
  const connections = limitConnections(server, MAX_CONNECTIONS);
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  receiver: CallbackReceiver,
  proven: () => void,
): Promise<void> {
  const { method = '', url = '', headers, headersDistinct } = request;
  const hosts = headersDistinct['host'] ?? [];
  const received = {
    method,
    target: url,
    host: hosts.length > 1 ? undefined : (headers.host ?? null),
    origin: headers.origin ?? null,
  };
  let decision = receiver.decide(received);
  let landed: PlainPage | null = null;
  // The state was on the browser's command line, where every user of the machine can read it; a page says who signed in.
  if (decision.kind !== 'page') {
    const isOwn = await isFromOwnUser(request.socket);
    if (isOwn) proven();
    if (!isOwn) decision = FROM_ANOTHER_USER;
    else if (decision.kind === 'accept') decision = receiver.receive(received);
    else landed = await receiver.land(received);
  }
  // Connections are not kept alive: nothing else will come, and the server may close at any moment.
  const common = { ...plainPageHeaders(), connection: 'close' };
  if (decision.kind === 'accept') {
    response.writeHead(303, { ...common, location: landingPath(decision.landing) }).end();
    return;
  }
  if (landed !== null) {
    response.writeHead(200, common).end(renderPlainPage(landed));
    return;
  }
  const { status, page } = decision.kind === 'page' ? decision : GONE;
  const allow = status === 405 ? { allow: 'GET' } : {};
  response.writeHead(status, { ...common, ...allow }).end(renderPage(page));
}

const FROM_ANOTHER_USER = { kind: 'page', status: 403, page: 'stranger' } as const;
const GONE = { kind: 'page', status: 404, page: 'wrong' } as const;
