import { Agent, request as httpRequest, type ClientRequestArgs, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ArrivingAnswer, FetchInit } from '../lib/bounded-fetch.ts';
import { NetworkFault } from '../lib/network-fault.ts';
import { faultCode } from '../lib/transport-fault.ts';
import { tlsFault } from './secure-connect.ts';

/** A connected socket, TLS on it where the address wants it. Rejects with a NetworkFault. */
export type OpenSocket = (host: string, port: number) => Promise<Duplex>;

const FORM = 'application/x-www-form-urlencoded;charset=UTF-8';

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
  init: FetchInit;
  /** The proxy's name, for people; empty without one. */
  proxy: string;
}

/** One request and its answer, redirects not followed. Rejects with a NetworkFault, or the signal's reason. */
export async function send({ agent, url, init, proxy }: SendOptions): Promise<ArrivingAnswer> {
  const { method, signal } = init;
  const body = init.body?.toString();
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      agent,
      host: hostOf(url),
      port: portOf(url),
      path: `${url.pathname}${url.search}`,
      method: method ?? 'GET',
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'Tokentray',
        ...(init.body instanceof URLSearchParams && { 'content-type': FORM }),
        ...lowerCase(init.headers ?? {}),
        host: url.host,
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
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
        resolve(arriving(answer, url, proxy));
      } catch (fault) {
        sent.destroy();
        reject(asNetworkFault(fault, url, proxy));
      }
    });
    sent.on('close', () => signal?.removeEventListener('abort', abort));
    sent.end(body);
  });
}

function asNetworkFault(fault: unknown, url: URL, proxy: string): NetworkFault {
  if (fault instanceof NetworkFault) return fault;
  const alert = url.protocol === 'https:' ? tlsFault(fault, url.host, null) : null;
  return alert ?? new NetworkFault({ kind: 'interrupted', code: faultCode(fault), proxy }, fault);
}

/** Names without case, so that none is sent twice. */
const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function arriving(answer: IncomingMessage, url: URL, proxy: string): ArrivingAnswer {
  const { statusCode: status = 0, headersDistinct } = answer;
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name) => headersDistinct[name.toLowerCase()]?.join(', ') ?? null },
    body: chunksOf(answer, url, proxy),
  };
}

/** An answer that is cut off is a NetworkFault too. */
async function* chunksOf(answer: IncomingMessage, url: URL, proxy: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) yield chunk;
  } catch (fault) {
    throw asNetworkFault(fault, url, proxy);
  }
}
