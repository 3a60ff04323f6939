import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../lib/clock.ts';
import { rudeReply, takeRude, type Delivery } from './conditions.ts';
import type { SandboxControl } from './control.ts';
import { answerControl, CONTROL_PREFIX } from './control-http.ts';
import { json, type Reply, type SandboxRequest, type Stream } from './exchange.ts';
import type { RefreshUse } from './refresh-uses.ts';
import { tokenParameters } from './request-parameters.ts';
import type { SandboxState } from './sandbox-state.ts';
import { readSentFile } from './sent-file.ts';
import { findEndpoint, findStream, type Endpoint } from './services.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** Handles one request completely: reads it, applies the conditions, answers. Never throws. */
export function serveRequest(
  state: SandboxState,
  control: SandboxControl,
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  serve(state, control, incoming, response).catch(() => {
    // The client left in the middle, or we have a bug: either way this request ends, and no other.
    if (response.headersSent || response.destroyed) response.destroy();
    else send(response, json(500, { code: 500, message: 'The sandbox failed.' }), 'whole');
  });
}

async function serve(
  state: SandboxState,
  control: SandboxControl,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { conditions } = state;
  const isControl = (incoming.url ?? '').startsWith(CONTROL_PREFIX);
  if (!isControl && conditions.down === 'reset') {
    incoming.socket.resetAndDestroy();
    return;
  }
  if (!isControl && conditions.down === 'hang') return;
  const head = readHead(state.url, incoming);
  const stream = 'status' in head ? null : findStream(state, head);
  if (stream !== null) {
    await serveStream(state, stream, incoming, response);
    return;
  }
  const request = 'status' in head ? head : await withBody(head, incoming);
  if ('status' in request) {
    send(response, { ...request, headers: { ...request.headers, connection: 'close' } }, 'whole');
    return;
  }
  if (isControl) {
    send(response, await answerControl(control, request), 'whole');
    return;
  }
  const endpoint = findEndpoint(state, request);
  if (endpoint.kind === 'token' && request.method === 'POST') {
    await serveToken(state, request, endpoint, response);
    return;
  }
  await pause(state.clock, conditions.slowMs, response);
  const rude = endpoint.kind === 'api' ? takeRude(conditions, 'api') : null;
  respond(
    response,
    spoil(state, rude, () => endpoint.answer(null)),
  );
}

async function serveStream(
  state: SandboxState,
  stream: Stream | Reply,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await pause(state.clock, state.conditions.slowMs, response);
  const rude = takeRude(state.conditions, 'api');
  if (rude === null && !('status' in stream)) await stream(incoming, response);
  else
    respond(
      response,
      spoil(state, rude, () => ('status' in stream ? stream : json(200, {}))),
    );
}

async function serveToken(
  state: SandboxState,
  request: SandboxRequest,
  endpoint: Endpoint,
  response: ServerResponse,
): Promise<void> {
  const { conditions, clock } = state;
  const refreshToken = tokenParameters(request)?.get('refresh_token');
  const use = refreshToken === undefined ? null : beginUse(state, refreshToken, response);
  await pause(clock, conditions.slowMs, response);
  const rude = takeRude(conditions, 'token');
  const outcome = spoil(state, rude, () => endpoint.answer(use));
  if (conditions.loseAnswers > 0) {
    conditions.loseAnswers -= 1;
    response.destroy();
  } else respond(response, outcome);
}

function beginUse(state: SandboxState, refreshToken: string, response: ServerResponse): RefreshUse {
  const use = state.uses.begin(refreshToken, state.clock.now());
  response.once('close', () => {
    state.uses.end(use, response.writableFinished);
  });
  return use;
}

interface Outcome {
  reply: Reply;
  delivery: Delivery;
}

/** The answer under the current conditions; if it is replaced, the real one is never computed. */
function spoil(state: SandboxState, rude: ReturnType<typeof takeRude>, fair: () => Reply): Outcome {
  if (rude === null) return { reply: fair(), delivery: 'whole' };
  const spoiled = rudeReply(rude, state.url, state.clock.now());
  return typeof spoiled === 'string'
    ? { reply: fair(), delivery: spoiled }
    : { reply: spoiled, delivery: 'whole' };
}

const respond = (response: ServerResponse, { reply, delivery }: Outcome): void => {
  send(response, reply, delivery);
};

/** The request without its body, or the rejection of one that is not for this host. */
function readHead(origin: string, incoming: IncomingMessage): SandboxRequest | Reply {
  const { host } = incoming.headers;
  const { host: own, port } = new URL(origin);
  // Pages elsewhere can point a name of their own at this machine.
  if (host !== own && host !== `localhost:${port}`) return json(421, { code: 421, message: 'Not this host' });
  const target = incoming.url ?? '';
  if (!target.startsWith('/') || !URL.canParse(origin + target))
    return json(400, { code: 400, message: 'Bad request' });
  const { pathname, searchParams } = new URL(origin + target);
  return {
    method: incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? ''),
    path: pathname,
    query: searchParams,
    headers: incoming.headers,
    body: '',
    file: null,
  };
}

/** The same with its body, or the rejection of one that is too large. */
async function withBody(head: SandboxRequest, incoming: IncomingMessage): Promise<SandboxRequest | Reply> {
  const body = incoming as AsyncIterable<Buffer>;
  const type = head.headers['content-type'] ?? '';
  if (/^multipart\/form-data\b/i.test(type)) return { ...head, file: await readSentFile(type, body) };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return json(413, { code: 413, message: 'Payload too large' });
    chunks.push(chunk);
  }
  return { ...head, body: Buffer.concat(chunks).toString('utf8') };
}

function send(response: ServerResponse, reply: Reply, delivery: Delivery): void {
  const body = Buffer.from(reply.body, 'utf8');
  const half = body.subarray(0, body.byteLength >> 1);
  const sent = delivery === 'half' ? half : body;
  response.writeHead(reply.status, {
    'x-content-type-options': 'nosniff',
    ...reply.headers,
    ...(reply.open === true ? {} : { 'content-length': String(sent.byteLength) }),
  });
  if (reply.open === true) {
    response.write(sent);
    return;
  }
  switch (delivery) {
    case 'whole':
    case 'half':
      response.end(sent);
      return;
    case 'stall':
      response.write(half);
      return;
    case 'cut':
      response.write(half, () => response.destroy());
      return;
  }
}

function pause(clock: Clock, ms: number, response: ServerResponse): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      void timer.dispose();
      response.off('close', done);
      resolve();
    };
    const timer = clock.setTimeout(done, ms);
    response.once('close', done);
  });
}
