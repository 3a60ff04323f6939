import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent } from 'node:http';
import { receivedCredential } from '../../../credentials/received.ts';
import { KEY_PREFIX } from '../../../consumers/keys.ts';
import type { Traffic } from '../../../consumers/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import { disposable, type Disposable } from '../../../lib/disposable.ts';
import type { Result } from '../../../lib/result.ts';
import { tokenHash } from '../hash.ts';
import type { BodyBudget } from '../body-budget.ts';
import { sendJson } from '../http.ts';
import { protocolError } from './own-answers.ts';
import { passOn } from './pass-on.ts';
import { notHeld } from './read-post.ts';
import { sendOn } from './send.ts';

/** The part of an address that stands for no connection of ours. */
export const NO_CONNECTION = '-';
const MOST_SESSIONS = 1000;

export interface ForeignOptions {
  /** Where the program is that takes tokens with each request. */
  address: () => Promise<Result<URL>>;
  /** What traffic calls it. */
  api: string;
  /** The header that says which site a token is for. */
  siteHeader: string;
  bodies: BodyBudget;
  traffic: Pick<Traffic, 'record'>;
  clock: Clock;
}

/** Whether a request brings its own token and says, in `siteHeader`, which site it is for. Keys of ours are no such tokens. */
export function bringsToken({ headers }: IncomingMessage, siteHeader: string): boolean {
  const { authorization = '' } = headers;
  if (headers[siteHeader] === undefined) return false;
  const received = receivedCredential(authorization);
  const sent =
    received === null
      ? [OF_A_PERSON.exec(authorization)?.[1] ?? '']
      : [received.secret, received.as === 'basic' ? received.username : ''];
  return sent[0] !== '' && !sent.some((each) => each.startsWith(KEY_PREFIX));
}

/** Data Center's own, besides those of HTTP. */
const OF_A_PERSON = /^token +(\S+)$/i;

/**
 * Passes on requests for accounts that are not connected here, each with the token that it brings, for the person who
 * switched that on: one server for many people’s tokens. Nothing is kept, and no credential of ours is used.
 */
export function createForeign({ address, api, siteHeader, bodies, traffic, clock }: ForeignOptions) {
  const agent = new Agent({ keepAlive: true });
  /** Sessions by whose they are: a hash of token and site. */
  const sessions = new Map<string, string>();

  async function pass(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<[status: number, bytes: number]> {
    const { method = '', headers } = request;
    const { authorization: value = '' } = headers;
    const site = String(headers[siteHeader]);
    const owner = tokenHash(`${site} ${value}`);
    const own = (status: number, code: number, message: string): [number, number] => {
      sendJson(response, protocolError(status, code, message));
      return [status, 0];
    };
    if (!['POST', 'GET', 'DELETE'].includes(method)) return own(405, -32_000, 'Use POST, GET or DELETE.');
    const session = headers['mcp-session-id'];
    if (session !== undefined && sessions.get(String(session)) !== owner)
      return own(404, -32_001, 'There is no such session. Initialize again.');
    const held = method === 'POST' ? await bodies.read(request, owner) : null;
    if (held === null || held.kind === 'held') {
      try {
        return await passHeld(request, response, { owner, site, value, body: held?.bytes ?? null });
      } finally {
        held?.release();
      }
    }
    const refusal = notHeld(held);
    sendJson(response, refusal);
    return [refusal.status, 0];
  }

  async function passHeld(
    request: IncomingMessage,
    response: ServerResponse,
    { owner, site, value, body }: { owner: string; site: string; value: string; body: Buffer | null },
  ): Promise<[status: number, bytes: number]> {
    const { method = '', headers } = request;
    const url = await address();
    if (!url.ok) {
      sendJson(response, protocolError(503, -32_000, `${url.error.message} ${url.error.hint ?? ''}`.trim()));
      return [503, 0];
    }
    const left = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) left.abort();
    });
    const header = { name: 'authorization', value, also: [{ name: siteHeader, value: site }] };
    const sending = { method, headers, body, signal: left.signal };
    const answer = await sendOn({ url: url.value, header, agent }, sending);
    const given = answer.headers['mcp-session-id'];
    if (given !== undefined && !sessions.has(String(given))) {
      sessions.set(String(given), owner);
      const [oldest] = sessions.keys();
      if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    }
    const bytes = await passOn(answer, response, { clock, cancels: true, gone: left.signal });
    return [answer.statusCode ?? 0, bytes];
  }

  return {
    serve: async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const at = clock.now();
      const startedMs = clock.monotonicMs();
      let status = 502;
      let responseBytes = 0;
      try {
        [status, responseBytes] = await pass(request, response);
      } catch {
        if (response.headersSent || response.destroyed) response.destroy();
        else
          sendJson(
            response,
            protocolError(502, -32_000, 'The server cannot be reached. Try again in a moment.'),
          );
      }
      traffic.record({
        at,
        consumer: null,
        connection: null,
        entrance: 'mcp',
        api,
        method: request.method ?? '',
        path: '/',
        status,
        durationMs: clock.monotonicMs() - startedMs,
        requestBytes: Number(request.headers['content-length'] ?? 0),
        responseBytes,
        decision: status >= 500 || status === 0 ? 'failed' : 'allowed',
        reason: 'With a token of its own, for an account that is not connected here.',
      });
    },
    ...disposable(() => {
      agent.destroy();
    }),
  } satisfies Disposable & { serve: unknown };
}
