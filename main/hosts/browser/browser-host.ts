import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Host } from '../../core/host.ts';
import type { Clock } from '../../lib/clock.ts';
import { limitConnections } from '../../lib/connection-limit.ts';
import type { Disposable } from '../../lib/disposable.ts';
import { Emitter } from '../../lib/emitter.ts';
import { isFromOwnUser } from '../../lib/peer-owner.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { closeServer } from '../../transports/close-server.ts';
import type { HttpRouter } from '../../transports/http-router.ts';
import { PAGE_HEADERS } from '../page-headers.ts';
import type { RememberedFile } from '../remembered-file.ts';
import { StaticFiles, type StaticFile } from '../static-files.ts';
import { admit } from './admission.ts';
import { openUrl } from './open-url.ts';
import type { PageMemory } from './page-memory.ts';
import { answerResume } from './resume-route.ts';
import { Resumption } from './resumption.ts';
import { Sessions } from './sessions.ts';

/** Clients that only hold connections open must not exhaust the app's file descriptors. */
const MAX_CONNECTIONS = 100;
const FIRST_HEADERS_TIMEOUT_MS = 5000;
const LIMITS = { maxHeaderSize: 16 * 1024, headersTimeout: 5000, requestTimeout: 30_000 };

export interface BrowserHost extends Host {
  readonly kind: 'browser';
  /** A new one-time link to the page. */
  link(): string;
  /** Serves the page, and `/v1/…` with `router`. Fails with `port-taken`. */
  attach(router: HttpRouter): Promise<Result<void>>;
}

/** Serves the page to the user's browser on loopback, once it is attached to the core. */
export function createBrowserHost(options: {
  /** 0: the port of the last start, or any free one. */
  port: number;
  rendererFolder: string;
  memory: RememberedFile<PageMemory>;
  clock: Clock;
  open?: (url: string) => Promise<Result<void>>;
}): BrowserHost {
  const { port, rendererFolder, memory, clock, open = openUrl } = options;
  const sessions = new Sessions(clock);
  const resumption = new Resumption(clock, memory);
  const files = new StaticFiles(rendererFolder);
  /** Random, and set before anybody can ask for anything. */
  let base = '';
  let router: HttpRouter | null = null;
  let serving: Promise<Result<void>> | null = null;
  let actualPort = port;
  const linkPath = (): string => `/open/${sessions.createLink()}`;

  /** Only for the same user: the link was on the command line of the browser's opener, where every user can read it. */
  async function openLink(code: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isOwn = sessions.isLink(code) && (await isFromOwnUser(request.socket));
    // Another request may have used it in the meantime.
    const opened = isOwn ? sessions.redeem(code) : null;
    if (opened === null) {
      sendNotice(response, 401, 'This link has already been used or has expired.');
      return;
    }
    const cookie = `tokentray-${actualPort}=${opened}`;
    response.setHeader('set-cookie', `${cookie}; HttpOnly; SameSite=Strict; Path=${base}/`);
    response.writeHead(303, { location: `${base}/`, 'cache-control': 'no-store' }).end();
  }

  const server = createServer(LIMITS, (request, response) => {
    const requestPath = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const path = requestPath.startsWith(`${base}/`) ? requestPath.slice(base.length) : null;
    const cookieName = `tokentray-${actualPort}`;
    const session = readCookie(request.headers.cookie, cookieName);
    const hasSession = session !== null && sessions.has(session);
    if (hasSession) connections.prove(request.socket);
    const verdict = admit(
      {
        method: request.method ?? '',
        path: path ?? requestPath,
        underBasePath: path !== null,
        host: request.headers.host,
        origin: request.headers.origin,
        fetchSite: oneValue(request.headers['sec-fetch-site']),
        hasOwnHeader: request.headers['x-tokentray'] !== undefined,
        hasSession,
      },
      new Set([`127.0.0.1:${actualPort}`, `localhost:${actualPort}`]),
    );
    switch (verdict) {
      case 'link': {
        void openLink(requestPath.slice('/open/'.length), request, response);
        return;
      }
      case 'resume': {
        // Valid only for the address of our links, so that another server at `localhost` cannot relay a proof.
        const origin = `http://127.0.0.1:${actualPort}`;
        void answerResume(request, response, { resumption, origin, link: linkPath }).then((known) => {
          if (!known) sendNotice(response, 401, 'This page needs a new link.');
        });
        return;
      }
      case 'api': {
        const key = oneValue(request.headers['x-tokentray-page']);
        if (key !== undefined) resumption.remember(key);
        request.url = path ?? '';
        if (router) router(request, response, { caller: 'browser' });
        else response.writeHead(503).end();
        return;
      }
      case 'page':
      case 'asset': {
        const file = files.get(path ?? '');
        if (file) sendFile(request, response, file);
        else sendNotice(response, 404, 'There is nothing here.');
        return;
      }
      case 'unauthorized':
        sendNotice(response, 401, 'This page needs a new link.');
        return;
      case 'forbidden':
        response.writeHead(403, PAGE_HEADERS).end();
        return;
      case 'not-found':
        sendNotice(response, 404, 'There is nothing here.');
        return;
    }
  });

  const connections = limitConnections(server, MAX_CONNECTIONS);
  limitFirstHeaders(server, clock);
  const serve = async (): Promise<Result<void>> => {
    // Cookies are not bound to a port: other servers on this machine get those of `/`, but do not know this path.
    base = `/${randomBytes(16).toString('base64url')}`;
    const before = memory.get().port;
    let listening = await listen(server, port === 0 ? before : port);
    if (!listening.ok && port === 0 && before !== 0) listening = await listen(server, 0);
    if (!listening.ok) return listening;
    actualPort = listening.value;
    // A page can reconnect only on its own port.
    if (actualPort !== before) memory.set({ port: actualPort, pages: [] });
    return ok(undefined);
  };

  const link = (): string => `http://127.0.0.1:${actualPort}${linkPath()}`;
  return {
    kind: 'browser',
    clipboard: null,
    // A server gets no power events; the scheduler checks the wall clock instead.
    onPower: new Emitter<never>().event,
    updater: null,
    openUrl: open,
    openWindow: async ({ launch }) => {
      // The command line may ask as soon as the core answers.
      const served = await serving;
      if (served?.ok === false) return served;
      const url = link();
      if (!launch) return ok({ url });
      const opened = await open(url);
      return ok({ url: opened.ok ? null : url });
    },
    link,
    attach: (next) => {
      router = next;
      serving = serve();
      return serving;
    },
    dispose: () => closeServer(server),
  };
}

/** Returns the port. */
function listen(server: Server, port: number): Promise<Result<number>> {
  return new Promise((resolve) => {
    // Stays attached for later errors, such as too many open files, which then cost one connection and not the app.
    server.on('error', (fault: NodeJS.ErrnoException) => {
      resolve(
        fault.code === 'EADDRINUSE'
          ? fail('port-taken', `Port ${port} is taken by another program.`, 'Choose another one with --port.')
          : fail('io', `Cannot listen on port ${port}: ${fault.message}.`, 'Choose another one with --port.'),
      );
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(ok((server.address() as AddressInfo).port));
    });
  });
}

/**
 * Closes connections that send no complete request in time. Node's own check runs at fixed intervals; short ones would
 * wake the machine all day.
 */
function limitFirstHeaders(server: Server, clock: Clock): void {
  const limits = new WeakMap<Socket, Disposable>();
  server.on('connection', (socket) => {
    const limit = clock.setTimeout(() => socket.destroy(), FIRST_HEADERS_TIMEOUT_MS);
    limits.set(socket, limit);
    socket.once('close', () => void limit.dispose());
  });
  server.on('request', ({ socket }: IncomingMessage) => void limits.get(socket)?.dispose());
}

const oneValue = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(',') : value;

function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: StaticFile): void {
  const gzip = file.gzipped !== null && /\bgzip\b/.test(oneValue(request.headers['accept-encoding']) ?? '');
  const body = gzip && file.gzipped ? file.gzipped : file.body;
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': file.type,
    'content-length': body.length,
    'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
    vary: 'accept-encoding',
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(body);
}

function sendNotice(response: ServerResponse, status: number, message: string): void {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tokentray</title>
<h1>Tokentray</h1><p>${message}</p><p>Run <code>tokentray</code> in a terminal to open the window.</p></html>`;
  response.writeHead(status, {
    ...PAGE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
