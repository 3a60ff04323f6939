import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { CallInput } from '../../../contract/calls.ts';
import type { CommandForm } from '../../../contract/command-text.ts';
import type { McpAlternateView, McpConsentView } from '../../../contract/mcp.ts';
import type { Admission, Traffic } from '../../consumers/ports.ts';
import { receivedCredential } from '../../credentials/received.ts';
import { isoTime, type Clock } from '../../lib/clock.ts';
import { DisposableStack, type Disposable } from '../../lib/disposable.ts';
import type { Event } from '../../lib/emitter.ts';
import type { ForgetsSecrets } from '../../lib/forgets-secrets.ts';
import type { Logger } from '../../lib/log.ts';
import { isFromOwnUser } from '../../lib/peer-owner.ts';
import type { Result } from '../../lib/result.ts';
import type { ActivityStore } from '../../store/ports.ts';
import { RESOURCE_METADATA, resourceParts, SERVER_METADATA } from './addresses.ts';
import { admitRequest, type Asked } from './admit-request.ts';
import { McpClients } from './authorize/clients.ts';
import type { DocumentPorts } from './authorize/client-document.ts';
import { AuthorizationCodes } from './authorize/codes.ts';
import { Consents } from './authorize/consents.ts';
import { McpGrants } from './authorize/grants.ts';
import { createRegister } from './authorize/register.ts';
import { alternateViews, setAlternate, type SetAlternate } from './alternates.ts';
import { AUTHORIZE_ROUTES, type AuthorizeRoutes } from './authorize/routes.ts';
import type { Governor } from '../governor.ts';
import { BodyBudget } from './body-budget.ts';
import { createCarry } from './carry/carry.ts';
import { createExchange, type McpUpstreams } from './carry/exchange.ts';
import { createAlternate } from './carry/alternate.ts';
import { AlternateTools } from './carry/alternate-tools.ts';
import { ServerAsker } from './carry/ask-server.ts';
import { bringsToken, createForeign, NO_CONNECTION, type ForeignOptions } from './carry/foreign.ts';
import { McpSessions } from './carry/sessions.ts';
import { McpDoor, type McpDoorOptions } from './door.ts';
import { sendJson } from './http.ts';
import { challenge, resourceMetadata, serverMetadata } from './metadata.ts';
import type { McpConsumers, McpResource, McpServers } from './ports.ts';
import type { McpStore } from '../../store/mcp-records.ts';
import { MCP_SCOPES } from './scopes.ts';

export interface McpSignInOptions {
  settings: McpDoorOptions['settings'];
  mayBeAnother?: boolean;
  servers: McpServers;
  store: McpStore;
  consumers: McpConsumers;
  admission: Admission;
  traffic: Pick<Traffic, 'record'>;
  activity: Pick<ActivityStore, 'append'>;
  upstreams: McpUpstreams;
  /** The one of all doors: what a server asks for holds wherever a request comes in. */
  governor: Governor;
  documents: DocumentPorts;
  /** How commands are written in the pages of the person's browser. */
  commands: CommandForm;
  /** For requests that bring a token of their own; absent: there is no server that takes them. */
  foreign?: {
    server: string;
    on(): boolean;
    options: Pick<ForeignOptions, 'address' | 'api' | 'siteHeader'>;
  };
  clock: Clock;
  logger: Logger;
  /** Bytes that nobody can guess. */
  random?: (bytes: number) => Buffer;
  isFromOwnUser?: (socket: Socket) => Promise<boolean>;
  accessTtlMs?: number;
}

/** MCP clients sign in here by themselves, and reach the MCP servers of connections with what they get. */
export interface McpSignIn extends Disposable, ForgetsSecrets, McpCallsService {
  readonly door: McpDoor;
}

/** What the calls about MCP clients are answered with. */
export interface McpCallsService {
  /** A client asks for consent, or no longer does. */
  readonly onConsents: Event<void>;
  consents(): McpConsentView[];
  consent(input: CallInput<'mcp.consent'>): Result<Record<string, never>>;
  alternates(): McpAlternateView[];
  /** Fails with `invalid-input` when one of the two connections does not reach the server, or both are the same. */
  setAlternate(input: SetAlternate): Result<Record<string, never>>;
}

export function createMcpSignIn(options: McpSignInOptions): McpSignIn {
  const { settings, servers, store, consumers, admission, traffic, documents, clock, logger } = options;
  const random = options.random ?? randomBytes;
  const secret = (): string => random(32).toString('base64url');
  const codes = new AuthorizationCodes(clock, secret);
  const consents = new Consents({ clock, codes, random: secret });
  const grants = new McpGrants({
    store,
    consumers,
    clock,
    random: secret,
    ...(options.accessTtlMs !== undefined && { accessTtlMs: options.accessTtlMs }),
  });
  const sessions = new McpSessions();
  const exchange = createExchange(options);
  const bodies = new BodyBudget();
  const asker = new ServerAsker(exchange);
  const tools = new AlternateTools(asker, clock);
  const alternateOf = (first: McpResource): McpResource | null => {
    const set = store
      .alternates()
      .find(({ connection, server }) => connection === first.connection.id && server === first.server.id);
    return set ? servers.find(set.alternate, set.server) : null;
  };
  const alternate = createAlternate({ alternateOf, tools, asker });
  const carry = createCarry({ exchange, bodies, admission, traffic, sessions, alternate, clock });
  const foreign = options.foreign && createForeign({ ...options.foreign.options, bodies, traffic, clock });
  /** By sign-in. */
  const underWay = new Map<string, AbortController>();
  let lastAsked: McpResource | null = null;
  const routes: AuthorizeRoutes = {
    clients: new McpClients({ store, documents, clock }),
    codes,
    consents,
    grants,
    servers,
    register: createRegister({ store, clock, newId: () => `mcp_${random(16).toString('base64url')}` }),
    isFromOwnUser: options.isFromOwnUser ?? isFromOwnUser,
    lastAsked: () => lastAsked,
    port: () => door.port,
    commands: options.commands,
  };

  async function serve(request: IncomingMessage, response: ServerResponse, prove: () => void): Promise<void> {
    const asked = admitRequest(request, door.port);
    if ('status' in asked) {
      sendOwn(response, asked.status, asked.message, { connection: 'close' });
      return;
    }
    const route = AUTHORIZE_ROUTES.get(asked.path);
    if (route) {
      const [method, answer] = route;
      if (request.method === method) await answer(routes, request, response, asked);
      else sendOwn(response, 405, 'This method is not served here.', { allow: method });
    } else if (asked.path.startsWith('/.well-known/')) describe(request, response, asked);
    else await useResource(request, response, asked, prove);
  }

  /** Unknown documents are 404 and JSON: anything else ends the client's search. */
  function describe(request: IncomingMessage, response: ServerResponse, { host, path }: Asked): void {
    const resource = path.startsWith(RESOURCE_METADATA) ? path.slice(RESOURCE_METADATA.length) : '';
    const parts = resourceParts(resource);
    const document =
      path === SERVER_METADATA
        ? serverMetadata(host)
        : // Whether there is such a connection is not told here, where everybody may ask.
          parts && resourceMetadata(host, resource, 'Tokentray');
    if (document === null) sendOwn(response, 404, 'There is no such document.');
    else if (request.method !== 'GET')
      sendOwn(response, 405, 'This method is not served here.', { allow: 'GET' });
    else sendJson(response, { status: 200, headers: {}, body: document });
    if (parts) lastAsked = servers.find(parts.connection, parts.server) ?? lastAsked;
  }

  async function useResource(
    request: IncomingMessage,
    response: ServerResponse,
    { host, path }: Asked,
    prove: () => void,
  ): Promise<void> {
    const parts = resourceParts(path);
    if (parts === null) {
      sendOwn(response, 404, 'There is no such address.');
      return;
    }
    if (foreign && parts.connection === NO_CONNECTION && (await isForeign(request, parts.server))) {
      await foreign.serve(request, response);
      return;
    }
    const sent = receivedCredential(request.headers.authorization);
    const token = sent?.as === 'bearer' ? sent.secret : null;
    const authenticated = () => (token === null ? null : grants.authenticate(token));
    const signedIn = authenticated();
    const resource = signedIn && servers.find(parts.connection, parts.server);
    const isFor =
      resource?.connection.id === signedIn?.grant.connection && parts.server === signedIn?.grant.server;
    // Before anything else and whatever the method: it is how clients find out where to sign in.
    if (signedIn === null || resource === null || !isFor) {
      // Clients of 2025-03-26 ask for no description of the resource, and name none later.
      lastAsked = servers.find(parts.connection, parts.server) ?? lastAsked;
      const error = token === null ? undefined : 'invalid_token';
      sendOwn(response, 401, 'Sign in first.', {
        'www-authenticate': challenge(host, path, MCP_SCOPES, error),
      });
      return;
    }
    prove();
    const { consumer, grant } = signedIn;
    const target = {
      ...{ consumer, resource, scopes: grant.scopes, host, path },
      keyWorks: () => authenticated()?.grant.id === grant.id,
    };
    await carry(request, response, target, endOf(grant.id));
  }

  /** Only the person's own programs, and only while the person wants it. */
  async function isForeign(request: IncomingMessage, server: string): Promise<boolean> {
    if (
      options.foreign?.on() !== true ||
      server !== options.foreign.server ||
      !bringsToken(request, options.foreign.options.siteHeader)
    )
      return false;
    return routes.isFromOwnUser(request.socket);
  }

  function endOf(id: string): AbortSignal {
    const known = underWay.get(id) ?? new AbortController();
    underWay.set(id, known);
    return known.signal;
  }

  const parts = new DisposableStack();
  if (foreign) parts.add(foreign);
  parts.add(codes);
  parts.add(grants);
  const door = parts.add(
    new McpDoor({
      settings,
      clock,
      logger,
      handle: (request, response, prove) => {
        serve(request, response, prove).catch(() => {
          // The client left in the middle, or we have a bug: either way this request ends, and no other.
          if (response.headersSent || response.destroyed) response.destroy();
          else sendOwn(response, 500, 'Tokentray could not answer this.', { connection: 'close' });
        });
      },
    }),
  );
  parts.add(
    consents.onDecided(({ allowed, name, resource }) => {
      options.activity.append({
        at: isoTime(clock.now()),
        level: 'info',
        event: allowed ? 'mcp.allowed' : 'mcp.denied',
        message: `The MCP client “${name}” was ${allowed ? 'let in' : 'refused'}.`,
        connection: resource?.connection.id ?? null,
        export: null,
      });
    }),
  );
  parts.add(consents);
  parts.add(
    grants.onEnded((id) => {
      underWay.get(id)?.abort();
      underWay.delete(id);
    }),
  );
  parts.add(
    consumers.onRemoved((id) => {
      sessions.endAllOf(id);
      asker.endAllOf(id);
    }),
  );
  return {
    door,
    onConsents: consents.onChange,
    consents: () => consents.list(),
    consent: (input) => consents.decide(input),
    alternates: () => alternateViews(store, servers),
    setAlternate: (input) => {
      tools.forget();
      return setAlternate(store, servers, input);
    },
    // Sign-ins stay; what they have under way ends.
    forgetSecrets: () => {
      for (const end of underWay.values()) end.abort();
      underWay.clear();
    },
    dispose: () => parts.dispose(),
  };
}

const sendOwn = (
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  sendJson(response, { status, headers, body: { error: CODES[status] ?? 'invalid_request', message } });
};

const CODES: Readonly<Record<number, string>> = {
  401: 'invalid_token',
  403: 'forbidden',
  404: 'not_found',
  500: 'server_error',
};
