import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { CommandForm } from '../../../../contract/command-text.ts';
import type { Asked } from '../admit-request.ts';
import { oauthError } from '../answers.ts';
import { mediaType, parseJson, readBody, sendJson } from '../http.ts';
import type { McpResource } from '../ports.ts';
import type { NamedResource } from '../addresses.ts';
import type { Consents } from './consents.ts';
import { renderDecided, renderRefusal, renderWaiting, signInPageHeaders, type RefusalPage } from './pages.ts';
import { errorRedirect, readAuthorizationRequest } from './request.ts';
import type { createRegister } from './register.ts';
import { answerToken, type TokenEndpoint } from './token-endpoint.ts';

export interface AuthorizeRoutes extends TokenEndpoint {
  readonly consents: Consents;
  readonly register: ReturnType<typeof createRegister>;
  /** Whether a request comes from this person's own programs. */
  readonly isFromOwnUser: (socket: Socket) => Promise<boolean>;
  /** Of several resources, the one that a client was last told how to sign in to. */
  readonly lastAsked: () => McpResource | null;
  /** How the person writes commands. */
  readonly commands: CommandForm;
}

const MAX_BODY_BYTES = 64 * 1024;
/** Less than browsers and proxies wait for an answer. */
const HOLD_MS = 20_000;
const WAIT = '/authorize/wait';

type Route = (
  routes: AuthorizeRoutes,
  request: IncomingMessage,
  response: ServerResponse,
  asked: Asked,
) => Promise<void>;

/** The authorization server's endpoints by path. */
export const AUTHORIZE_ROUTES: ReadonlyMap<string, readonly [method: string, route: Route]> = new Map<
  string,
  readonly [string, Route]
>([
  ['/authorize', ['GET', authorize]],
  [WAIT, ['GET', wait]],
  ['/token', ['POST', token]],
  ['/revoke', ['POST', revoke]],
  ['/register', ['POST', register]],
]);

async function authorize(
  routes: AuthorizeRoutes,
  request: IncomingMessage,
  response: ServerResponse,
  { host, query }: Asked,
): Promise<void> {
  // Frames, images and scripts of other pages: the person would not see what happens.
  const destination = request.headers['sec-fetch-dest'];
  if (destination !== undefined && destination !== 'document') {
    sendRefusal(response, 403, 'framed');
    return;
  }
  // The address was on the browser's command line, where every user of the machine can read it.
  if (!(await routes.isFromOwnUser(request.socket))) {
    sendRefusal(response, 403, 'stranger');
    return;
  }
  const client = await routes.clients.find(query.get('client_id') ?? '');
  if (!client.ok) {
    sendRefusal(response, 400, 'unknown-client');
    return;
  }
  const issuer = `http://${host}`;
  const read = readAuthorizationRequest(query, client.value, { issuer, port: routes.port() });
  if (read.kind === 'page') sendRefusal(response, 400, read.reason);
  else if (read.kind === 'redirect') redirect(response, read.location);
  else {
    const choices = choicesFor(routes, read.request.resource);
    if (choices.length === 0) {
      redirect(response, errorRedirect(read.request, 'invalid_target', 'This resource is not served here.'));
      return;
    }
    const waitId = routes.consents.begin(read.request, choices);
    if (waitId === null)
      redirect(
        response,
        errorRedirect(read.request, 'temporarily_unavailable', 'Too many programs wait for consent.'),
      );
    else sendWaiting(routes, response, waitId);
  }
}

function choicesFor({ servers, lastAsked }: AuthorizeRoutes, named: NamedResource): readonly McpResource[] {
  if (named.kind === 'one') {
    const found = servers.find(named.connection, named.server);
    return found ? [found] : [];
  }
  const all = servers.list();
  const within =
    named.kind === 'any'
      ? all
      : all.filter(
          ({ connection, server }) =>
            servers.find(named.connection, server.id)?.connection.id === connection.id,
        );
  const likely = lastAsked();
  const isLikely = ({ connection, server }: McpResource): boolean =>
    connection.id === likely?.connection.id && server.id === likely.server.id;
  return [...within.filter(isLikely), ...within.filter((each) => !isLikely(each))];
}

async function wait(
  routes: AuthorizeRoutes,
  { socket }: IncomingMessage,
  response: ServerResponse,
  { query }: Asked,
): Promise<void> {
  const { consents, isFromOwnUser } = routes;
  const waitId = query.get('id') ?? '';
  const left = new AbortController();
  response.once('close', () => {
    left.abort();
  });
  const waiting = consents.wait(waitId, HOLD_MS, left.signal);
  if (waiting === 'unknown') {
    sendRefusal(response, 404, 'over');
    return;
  }
  if (!(await isFromOwnUser(socket))) {
    sendRefusal(response, 403, 'stranger');
    return;
  }
  const end = await waiting;
  if (end === null) sendWaiting(routes, response, waitId);
  else if (/^https?:/i.test(end.location)) redirect(response, end.location);
  else sendPage(response, 200, renderDecided(end));
}

async function token(
  routes: AuthorizeRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = await readForm(request);
  sendJson(
    response,
    form ? answerToken(routes, form) : oauthError(400, 'invalid_request', 'The body must be a form.'),
  );
}

/** RFC 7009 */
async function revoke(
  { clients, grants }: AuthorizeRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = await readForm(request);
  const clientId = form?.get('client_id') ?? '';
  if (form === null) sendJson(response, oauthError(400, 'invalid_request', 'The body must be a form.'));
  else if (!clients.isKnown(clientId))
    sendJson(response, oauthError(401, 'invalid_client', 'This client is not known here.'));
  else {
    grants.revoke(form.get('token') ?? '', clientId);
    sendJson(response, { status: 200, headers: {}, body: {} });
  }
}

async function register(
  routes: AuthorizeRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isJson = mediaType(request) === 'application/json';
  const body = isJson ? await readBody(request, MAX_BODY_BYTES) : null;
  sendJson(
    response,
    body === null
      ? oauthError(400, 'invalid_client_metadata', 'The body must be a JSON object.')
      : routes.register(parseJson(body)),
  );
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  if (mediaType(request) !== 'application/x-www-form-urlencoded') return null;
  const body = await readBody(request, MAX_BODY_BYTES);
  return body === null ? null : new URLSearchParams(body.toString('utf8'));
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { ...signInPageHeaders(), location }).end();
}

function sendWaiting(
  { consents, commands }: AuthorizeRoutes,
  response: ServerResponse,
  waitId: string,
): void {
  const next = `${WAIT}?id=${waitId}`;
  const consent = consents.shown(waitId);
  // Decided since: the tab learns it where it waits.
  if (consent === null) redirect(response, next);
  else sendPage(response, 200, renderWaiting(consent, commands, next));
}

function sendRefusal(response: ServerResponse, status: number, page: RefusalPage): void {
  sendPage(response, status, renderRefusal(page));
}

function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, signInPageHeaders()).end(page);
}
