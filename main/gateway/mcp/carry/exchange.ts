import type { IncomingMessage } from 'node:http';
import type { Failure } from '../../../../contract/errors.ts';
import type { Clock } from '../../../lib/clock.ts';
import { pause } from '../../../lib/pause.ts';
import type { Result } from '../../../lib/result.ts';
import type { Governor } from '../../governor.ts';
import type { Upstream } from '../../ports.ts';
import type { McpResource } from '../ports.ts';
import { missingScopes } from '../../missing-scopes.ts';
import { lacksScopes, refusedCredential } from './failure-words.ts';
import { sendOn, type Sending } from './send.ts';

/** Where MCP servers are, and with which credential; as `Upstreams`. */
export interface McpUpstreams {
  open(resource: McpResource): Result<Upstream> | Promise<Result<Upstream>>;
  replace(resource: McpResource, refused: Upstream): Promise<Upstream | null>;
}

export interface ExchangeOptions {
  upstreams: McpUpstreams;
  governor: Governor;
  clock: Clock;
}

export type Exchanged =
  /** Whatever the server says, but not a 401. */
  | { readonly kind: 'answered'; readonly answer: IncomingMessage }
  /** The server asked for a pause, which is not over before `afterMs`: nothing was sent. */
  | { readonly kind: 'limited'; readonly afterMs: number }
  /** There is no credential to send, or the server does not take it. */
  | { readonly kind: 'failed'; readonly failure: Pick<Failure, 'message' | 'hint'> };

/** Rejects with what went wrong on the way, or the reason of the signal in `sending`. */
export type Exchange = (resource: McpResource, sending: Sending) => Promise<Exchanged>;

/** One address takes every message, so it is one endpoint: the one that keys of the gateway reach as the API itself. */
const ENDPOINT = '/';

/** Asks a server with the credential of the connection, at the pace that it asked for; a 401 renews the credential once. */
export function createExchange({ upstreams, governor, clock }: ExchangeOptions): Exchange {
  return async (resource, sending) => {
    const { connection } = resource;
    const { api } = resource.server;
    const { method, signal } = sending;
    const permit = governor.permit(connection, api, method, ENDPOINT);
    if (permit.kind === 'limited') return permit;
    if (permit.kind === 'wait') await pause(clock, permit.forMs, signal);
    const send = async (upstream: Upstream): Promise<IncomingMessage> => {
      const answer = await sendOn(upstream, sending);
      const { statusCode = 502, rawHeaders: raw } = answer;
      governor.learn(connection, { api, method, path: ENDPOINT }, { status: statusCode, raw });
      return answer;
    };
    const opened = await upstreams.open(resource);
    if (!opened.ok) return { kind: 'failed', failure: opened.error };
    let answer = await send(opened.value);
    if (answer.statusCode !== 401) return { kind: 'answered', answer };
    answer.resume();
    // A newer token of the same sign-in has no more scopes.
    let missing = missingScopes(answer.headers);
    const better = missing === null ? await upstreams.replace(resource, opened.value) : null;
    if (better !== null) {
      answer = await send(better);
      if (answer.statusCode !== 401) return { kind: 'answered', answer };
      answer.resume();
      missing = missingScopes(answer.headers);
    }
    if (missing !== null) return { kind: 'failed', failure: lacksScopes(resource, missing) };
    // Renewing may have found that the sign-in is over.
    const now = await upstreams.open(resource);
    return { kind: 'failed', failure: now.ok ? refusedCredential(resource, better !== null) : now.error };
  };
}
