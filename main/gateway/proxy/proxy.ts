import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { limitConnections } from '../../lib/connection-limit.ts';
import type { Logger } from '../../lib/log.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { PROXY_CHALLENGE, sendOwnAnswer, type OwnAnswer } from '../own-answer.ts';
import { SERVER_LIMITS } from '../server-limits.ts';
import { refuseUnread } from '../refuse-unread.ts';
import { BUG } from '../relay/relay-answers.ts';
import type { Authority } from './authority.ts';
import { bracketed, parseAbsolute, parseAuthority, type Destination } from './authority-form.ts';
import { isOwnProcess, proxyKey } from './client.ts';
import type { Dial } from './dial.ts';
import { forwardPlain } from './forward-plain.ts';
import type { ProxyRun, RunProxy } from './ports.ts';
import { malformed, NO_KEY, notOpen, onlyByTls, refuseTunnel, RUN_ENDED } from './refusals.ts';
import { realAddress, serveOpened, type Meant, type ServeOptions } from './serve.ts';
import { acceptTls } from './tls.ts';
import { tunnel } from './tunnel.ts';

export interface ProxyOptions extends ServeOptions {
  readonly authority: Authority;
  readonly dial: Dial;
  readonly logger: Logger;
}

const LOOPBACK = '127.0.0.1';
const MOST_CONNECTIONS = 1000;

/**
 * Listens for the programs of one run, on a port of its own. They are known by the run's key, or, where they cannot send one,
 * by the port and by being processes of the same user.
 */
export async function startProxy(options: ProxyOptions, run: ProxyRun): Promise<Result<RunProxy>> {
  const open = new Set<Duplex>();
  const meantBy = new WeakMap<Socket, Destination>();
  /** Whose connections were looked up. */
  const own = new WeakMap<Socket, Promise<boolean>>();

  const outer = createServer(SERVER_LIMITS, (request, response) => {
    void serveAbsolute(request, response);
  });
  /** Requests within tunnels that were opened; it never listens. */
  const inner = createServer(SERVER_LIMITS, (request, response) => {
    const destination = meantBy.get(request.socket);
    if (destination === undefined) response.destroy();
    else serve({ scheme: 'https', destination, target: request.url ?? '' }, request, response);
  });
  for (const server of [outer, inner]) {
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      server.emit('request', request, response);
    });
    server.on('clientError', refuseUnread);
  }
  outer.on('connect', (request, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    connectTo(request, socket, head).catch((fault: unknown) => {
      options.logger.error('gateway.proxy', { error: fault instanceof Error ? fault.message : 'unknown' });
      if (!socket.destroyed) refuseTunnel(socket, BUG);
    });
  });

  /** Null: it may go on. */
  async function admit(request: IncomingMessage): Promise<OwnAnswer | null> {
    const key = proxyKey(request);
    if (key !== null) return run.isKey(key) ? null : run.consumer() === null ? RUN_ENDED : NO_KEY;
    const { socket } = request;
    const known = own.get(socket) ?? isOwnProcess(socket);
    own.set(socket, known);
    if (!(await known)) return NO_KEY;
    return run.consumer() === null ? RUN_ENDED : null;
  }

  async function connectTo(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const refusal = await admit(request);
    if (socket.destroyed) return;
    if (refusal !== null) {
      refuseTunnel(socket, refusal);
      return;
    }
    limit.prove(socket);
    // Python sends no Host with it; a different one is not looked at (RFC 9112 §3.2.3).
    const destination = parseAuthority(request.url ?? '');
    if (destination === null || hostsOf(request).length > 1) {
      refuseTunnel(socket, malformed(400, 'It does not say where to connect.'));
      return;
    }
    if (!isOpened({ scheme: 'https', destination })) {
      if (run.tunnelsOthers) await tunnel(options.dial, destination, socket, head, open);
      else refuseTunnel(socket, notOpen(bracketed(destination.host)));
      return;
    }
    await openTls(destination, socket, head);
  }

  async function openTls(destination: Destination, socket: Socket, head: Buffer): Promise<void> {
    const context = await options.authority.leaves.contextFor(destination.host);
    if (socket.destroyed) return;
    const secure = acceptTls(socket, head, { host: destination.host, context });
    meantBy.set(secure, destination);
    track(secure);
    secure.once('secure', () => inner.emit('connection', secure));
  }

  async function serveAbsolute(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = await admit(request);
    if (refusal !== null) {
      if (refusal.status === 407) response.setHeader('proxy-authenticate', PROXY_CHALLENGE);
      sendOwnAnswer(request, response, { ...refusal, close: true });
      return;
    }
    limit.prove(request.socket);
    const meant = parseAbsolute(request.url ?? '');
    if (meant === null) {
      sendOwnAnswer(request, response, malformed(400, 'Its address is not one that a proxy is asked for.'));
      return;
    }
    const { target, ...destination } = meant;
    const usual = { host: destination.host, port: destination.port === 80 ? 443 : destination.port };
    if (isOpened({ scheme: 'http', destination }))
      serve({ scheme: 'http', destination, target }, request, response);
    else if (isOpened({ scheme: 'https', destination: usual }))
      sendOwnAnswer(request, response, onlyByTls(bracketed(destination.host)));
    else if (!run.tunnelsOthers) sendOwnAnswer(request, response, notOpen(bracketed(destination.host)));
    else forwardPlain(options.dial, { destination, target }, request, response);
  }

  function isOpened(meant: Omit<Meant, 'target'>): boolean {
    const { origin } = new URL(realAddress(meant, options.played));
    const isPlayed = meant.scheme === 'https' && options.played(nameOf(meant.destination)) !== null;
    return isPlayed || run.openings().some(({ url }) => url.origin === origin);
  }

  function serve(meant: Meant, request: IncomingMessage, response: ServerResponse): void {
    serveOpened(options, run, meant, request, response);
  }

  function track(socket: Duplex): void {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  }
  outer.on('connection', track);
  const limit = limitConnections(outer, MOST_CONNECTIONS);

  const port = await listen(outer);
  if (!port.ok) return port;
  return ok({
    port: port.value,
    dispose: () =>
      new Promise((resolve) => {
        outer.close(() => {
          resolve();
        });
        inner.closeAllConnections();
        outer.closeAllConnections();
        for (const socket of open) socket.destroy();
      }),
  });
}

const nameOf = ({ host, port }: Destination): string =>
  port === 443 ? bracketed(host) : `${bracketed(host)}:${port}`;

const hostsOf = ({ rawHeaders }: IncomingMessage): string[] =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');

const listen = (server: Server): Promise<Result<number>> =>
  new Promise((resolve) => {
    // Stays for later errors, such as too many open files, which should cost one connection, not the app.
    server.on('error', (fault: NodeJS.ErrnoException) => {
      resolve(fail('io', `The proxy for this run cannot listen (${fault.code ?? 'unknown'}).`));
    });
    server.listen({ host: LOOPBACK, port: 0, exclusive: true }, () => {
      resolve(ok((server.address() as AddressInfo).port));
    });
  });
