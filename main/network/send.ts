import { Agent, request as httpRequest, type ClientRequestArgs, type IncomingMessage } from 'node:http';
import { Readable, type Duplex } from 'node:stream';
import { NetworkFault } from '../lib/network-fault.ts';
import { faultCode } from '../lib/transport-fault.ts';
import { tlsFault } from './secure-connect.ts';

/** A connected socket, TLS on it where the address wants it. Rejects with a NetworkFault. */
export type OpenSocket = (host: string, port: number) => Promise<Duplex>;

/** Servers close idle connections after 5 s and more; a request on one that is being closed would be lost. */
const IDLE_MS = 4000;

/** Keeps connections that `open` makes for a few seconds. */
export function createAgent(open: OpenSocket): Agent {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' });
  type Made = (fault: Error | null, socket: Duplex) => void;
  agent.createConnection = ({ host, port }: ClientRequestArgs, made?: Made) => {
    open(host ?? '', Number(port)).then(
      (socket) => made?.(null, socket),
      // Node takes no socket beside an error.
      (fault: unknown) => (made as ((fault: Error) => void) | undefined)?.(fault as Error),
    );
    return undefined;
  };
  return agent;
}

/** Without the brackets of an IPv6 address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);

export interface SendOptions {
  agent: Agent;
  url: URL;
  init: RequestInit;
  /** The proxy's name, for people; empty without one. */
  proxy: string;
}

/** One request and its answer, redirects not followed, as `fetch` gives them. Rejects with a NetworkFault, or the signal's reason. */
export async function send({ agent, url, init, proxy }: SendOptions): Promise<Response> {
  const { signal } = init;
  // The platform's own reading of methods, headers and bodies.
  const request = new Request(url, { ...init, signal: null });
  const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      agent,
      host: hostOf(url),
      port: portOf(url),
      path: `${url.pathname}${url.search}`,
      method: request.method,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'Tokentray',
        ...Object.fromEntries(request.headers),
        host: url.host,
        ...(body !== null && { 'content-length': String(body.byteLength) }),
      },
    });
    const abort = (): void => {
      sent.destroy();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    sent.on('error', (fault) => {
      signal?.removeEventListener('abort', abort);
      reject(asNetworkFault(fault, url, proxy));
    });
    sent.on('response', (answer) => {
      try {
        resolve(toResponse(answer, url, proxy));
      } catch (fault) {
        sent.destroy();
        reject(asNetworkFault(fault, url, proxy));
      }
    });
    sent.on('close', () => signal?.removeEventListener('abort', abort));
    sent.end(body ?? undefined);
  });
}

function asNetworkFault(fault: unknown, url: URL, proxy: string): NetworkFault {
  if (fault instanceof NetworkFault) return fault;
  const alert = url.protocol === 'https:' ? tlsFault(fault, url.host, null) : null;
  return alert ?? new NetworkFault({ kind: 'interrupted', code: faultCode(fault), proxy }, fault);
}

const WITHOUT_BODY = new Set([204, 205, 304]);

function toResponse(answer: IncomingMessage, url: URL, proxy: string): Response {
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  if (WITHOUT_BODY.has(status)) answer.resume();
  const body = WITHOUT_BODY.has(status) ? null : streamOf(answer, url, proxy);
  return new Response(body, { status, statusText: answer.statusMessage ?? '', headers });
}

/** An answer that is cut off is a NetworkFault too. */
function streamOf(answer: IncomingMessage, url: URL, proxy: string): ReadableStream<Uint8Array> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of answer as AsyncIterable<Uint8Array>) yield chunk;
    } catch (fault) {
      throw asNetworkFault(fault, url, proxy);
    }
  }
  return Readable.toWeb(Readable.from(chunks(), { objectMode: false })) as ReadableStream<Uint8Array>;
}
