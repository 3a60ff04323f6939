import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission, Consumer, Traffic, Verdict } from '../../../consumers/ports.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { BodyBudget, HeldBody } from '../body-budget.ts';
import { mediaType, sendJson } from '../http.ts';
import { challenge } from '../metadata.ts';
import type { McpResource } from '../ports.ts';
import { asRuled, pathsOf } from './as-ruled.ts';
import type { createAlternate } from './alternate.ts';
import { missingScopes } from '../../missing-scopes.ts';
import type { Exchange } from './exchange.ts';
import { lacksScopes, limited, refusedBy, unreachable, type Words } from './failure-words.ts';
import type { ClientMessages } from './messages.ts';
import { NotAsked } from './not-asked.ts';
import { notHeld, readPost } from './read-post.ts';
import { messageReadsOnly } from './reads-only.ts';
import { ownAnswer, protocolError, type OwnAnswer } from './own-answers.ts';
import { passOn } from './pass-on.ts';
import type { McpSessions } from './sessions.ts';

/** One request on its way to an MCP server. */
export interface CarryTarget {
  readonly consumer: Consumer;
  readonly resource: McpResource;
  /** What its token may be used for; null: whatever its rules allow. */
  readonly scopes: readonly string[] | null;
  /** The client's own spelling, for a challenge. */
  readonly host: string;
  readonly path: string;
  /** Whether the key that it came with still works. */
  readonly keyWorks: () => boolean;
}

export interface CarryOptions {
  exchange: Exchange;
  bodies: BodyBudget;
  admission: Admission;
  traffic: Pick<Traffic, 'record'>;
  sessions: McpSessions;
  alternate: ReturnType<typeof createAlternate>;
  clock: Clock;
}

const STREAM: ClientMessages = { messages: [], batch: false };

interface Going {
  read: ClientMessages;
  body: Buffer | null;
  /** Aborts when the client has left, or `ended` does. */
  gone: AbortSignal;
  /** Aborts when its sign-in is over. */
  ended: AbortSignal;
}

/** What became of a request, for traffic. */
interface Outcome {
  status: number;
  responseBytes: number;
  decision: 'allowed' | 'approved' | 'failed' | (Verdict & { goes: false })['decision'];
  reason: string | null;
}

/**
 * Carries MCP over HTTP (all revisions since 2025-03-26): rules are asked about each message, the credential is added, and
 * answers stream back. Whatever goes wrong is said in a form that keeps the client's session and sign-in. Never rejects.
 */
export function createCarry(options: CarryOptions) {
  const { exchange, bodies, admission, traffic, sessions, alternate, clock } = options;

  return async function carry(
    request: IncomingMessage,
    response: ServerResponse,
    target: CarryTarget,
    ended: AbortSignal,
  ): Promise<void> {
    const { consumer, resource } = target;
    const at = clock.now();
    const startedMs = clock.monotonicMs();
    const { method = '' } = request;
    let path = '/';
    let requestBytes = 0;
    let outcome: Outcome = { status: 0, responseBytes: 0, decision: 'failed', reason: null };
    const gone = leftSignal(response, ended);
    let held: HeldBody | null = null;
    try {
      if (!['POST', 'GET', 'DELETE'].includes(method)) {
        const refusal = protocolError(405, -32_000, 'Use POST, GET or DELETE.', {
          allow: 'POST, GET, DELETE',
        });
        outcome = answerOwn(response, refusal, 'failed', null);
        return;
      }
      held = method === 'POST' ? await bodies.read(request, consumer.id) : null;
      if (held !== null && held.kind !== 'held') {
        outcome = answerOwn(response, notHeld(held), 'failed', null);
        return;
      }
      const body = held?.bytes ?? null;
      requestBytes = body?.byteLength ?? 0;
      const read = body === null ? STREAM : readPost(request, body);
      if ('status' in read) {
        outcome = answerOwn(response, read, 'failed', null);
        return;
      }
      path = pathsOf(method, read)[0] ?? '/';
      outcome = await admitted(request, response, target, { read, body, gone, ended });
    } catch {
      // The client left in the middle of its body.
      response.destroy();
    } finally {
      if (held?.kind === 'held') held.release();
      const { id, kind, name } = consumer;
      traffic.record({
        at,
        consumer: { id, kind, name },
        connection: resource.connection.id,
        connectionName: resource.connection.name,
        entrance: 'mcp',
        api: resource.server.api,
        method,
        path,
        requestBytes,
        durationMs: clock.monotonicMs() - startedMs,
        ...outcome,
        status: gone.aborted && !response.writableFinished ? 0 : outcome.status,
      });
    }
  };

  async function admitted(
    request: IncomingMessage,
    response: ServerResponse,
    target: CarryTarget,
    { read, body, gone, ended }: Going,
  ): Promise<Outcome> {
    const { consumer, resource, scopes, host, path, keyWorks } = target;
    const session = request.headers['mcp-session-id'];
    if (session !== undefined && !sessions.isOf(resource, String(session), consumer.id)) {
      const refusal = protocolError(404, -32_001, 'There is no such session. Initialize again.');
      return answerOwn(response, refusal, 'failed', null);
    }
    const changes = read.messages.some(
      ({ method, tool }) => method !== null && !messageReadsOnly(method, tool),
    );
    if (changes && scopes?.includes('mcp:write') === false) {
      const all = [...scopes, 'mcp:write'];
      const headers = { 'www-authenticate': challenge(host, path, all, 'insufficient_scope') };
      const refusal = protocolError(403, -32_003, 'The sign-in does not include mcp:write.', headers);
      return answerOwn(response, refusal, 'refused', 'The sign-in does not include mcp:write.');
    }
    const verdicts: (Verdict & { goes: true })[] = [];
    try {
      const second = await alternate.resourceFor(resource, read, consumer.id);
      const ruled = asRuled(request.method ?? '', read);
      // A call that goes to the second connection is one by its rules too.
      const admissions = [resource, ...(second ? [second] : [])].flatMap(({ connection }) =>
        ruled.map((each) => ({ ...each, connection })),
      );
      for (const { method: asked, path: askedPath, connection } of admissions) {
        const verdict = await admission.admit(
          {
            consumer,
            connection,
            entrance: 'mcp',
            api: resource.server.api,
            method: asked,
            path: askedPath,
            query: '',
            contentType: mediaType(request),
            body: () => Promise.resolve(body),
            keyWorks,
          },
          gone,
        );
        if (!verdict.goes) {
          const { message, hint, decision, reason, retryAfterSeconds } = verdict;
          const headers =
            retryAfterSeconds === null ? {} : { 'retry-after': String(Math.ceil(retryAfterSeconds)) };
          const status = decision === 'limited' ? 429 : request.method === 'POST' ? 200 : 405;
          const refusal = ownAnswer(read, { message, hint, status, headers, code: -32_003 });
          return answerOwn(response, refusal, decision, reason);
        }
        verdicts.push(verdict);
      }
      const approved = verdicts.find(({ decision }) => decision === 'approved') ?? verdicts[0];
      const sent = await forward(request, response, target, { read, body, gone, ended, second });
      return { decision: approved?.decision ?? 'allowed', reason: approved?.reason ?? null, ...sent };
    } finally {
      for (const { end } of verdicts) end();
    }
  }

  async function forward(
    request: IncomingMessage,
    response: ServerResponse,
    { consumer, resource }: CarryTarget,
    { read, body, gone, ended, second }: Going & { second: McpResource | null },
  ): Promise<Partial<Outcome> & Pick<Outcome, 'status' | 'responseBytes'>> {
    const unavailable = ({ message, hint }: Words, status = 503): Outcome => {
      const own: OwnAnswer = { message, hint: hint ?? '', status };
      return answerOwn(response, ownAnswer(read, own), 'failed', message);
    };
    const pausing = (asked: McpResource, afterMs: number): Outcome => {
      const { message, hint = '' } = limited(asked, afterMs);
      const headers = { 'retry-after': String(Math.ceil(afterMs / 1000)) };
      return answerOwn(
        response,
        ownAnswer(read, { message, hint, status: 429, headers }),
        'limited',
        message,
      );
    };
    const { method = '', headers } = request;
    const stateless = isStateless(headers['mcp-protocol-version']);
    if (second !== null && body !== null) {
      const calling = { read, body, stateless, owner: consumer.id, ended };
      return alternate.call(second, response, calling).catch((fault: unknown) => {
        if (!(fault instanceof NotAsked)) return unavailable(unreachable(second), 502);
        const { exchanged } = fault;
        return exchanged.kind === 'limited'
          ? pausing(second, exchanged.afterMs)
          : unavailable(exchanged.failure);
      });
    }
    // A client that leaves cancels its call only since 2026-07-28, and its stream always; a sign-in that ends cancels everything.
    const cancels = method !== 'POST' || stateless;
    const signal = cancels ? gone : ended;
    try {
      const exchanged = await exchange(resource, { method, headers, body, signal });
      if (exchanged.kind === 'limited') return pausing(resource, exchanged.afterMs);
      if (exchanged.kind === 'failed') return unavailable(exchanged.failure);
      const { answer } = exchanged;
      const status = answer.statusCode ?? 502;
      if (status === 403 || (status >= 300 && status < 400)) {
        answer.resume();
        const scopes = missingScopes(answer.headers);
        return unavailable(
          status === 403 && scopes !== null ? lacksScopes(resource, scopes) : refusedBy(resource, status),
          502,
        );
      }
      const session = answer.headers['mcp-session-id'] ?? headers['mcp-session-id'];
      if (session !== undefined) {
        const isOver = status === 404 || (method === 'DELETE' && status < 300);
        if (isOver) sessions.end(resource, String(session));
        else if (status < 300) sessions.bind(resource, String(session), consumer.id);
      }
      if (status === 200 && alternate.addsTo(resource, read)) {
        const asked = { read, owner: consumer.id };
        return { status, responseBytes: await alternate.passOnList(resource, answer, response, asked) };
      }
      return { status, responseBytes: await passOn(answer, response, { clock, cancels, gone }) };
    } catch {
      if (!gone.aborted) return unavailable(unreachable(resource), 502);
      response.destroy();
      return { status: 0, responseBytes: 0 };
    }
  }
}

function answerOwn(
  response: ServerResponse,
  answer: ReturnType<typeof protocolError>,
  decision: Outcome['decision'],
  reason: string | null,
): Outcome {
  sendJson(response, answer);
  return { status: answer.status, responseBytes: JSON.stringify(answer.body).length, decision, reason };
}

/** Aborts when the client has left, or `ended` does. */
function leftSignal(response: ServerResponse, ended: AbortSignal): AbortSignal {
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  return AbortSignal.any([left.signal, ended]);
}

/** ISO dates compare as texts. */
const isStateless = (version: string | readonly string[] | undefined): boolean =>
  version !== undefined && String(version) >= '2026-07-28';
