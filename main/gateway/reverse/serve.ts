import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Consumer, Consumers, Traffic } from '../../consumers/ports.ts';
import type { Connections } from '../../connections/ports.ts';
import type { ApiAddress } from '../../credentials/addresses.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ConnectionStore } from '../../store/ports.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import { OWN_HEADERS, sendOwnAnswer, UNAUTHORIZED, type OwnAnswer } from '../own-answer.ts';
import type { Relay } from '../ports.ts';
import { checkRawPath } from '../raw-path.ts';
import { opensGateway } from '../opens-gateway.ts';
import { checkRequest } from '../request-checks.ts';
import { sentKey } from '../sent-key.ts';
import type { Routes } from './routes.ts';

export interface ServeOptions {
  consumers: Pick<Consumers, 'authenticate'>;
  connections: Pick<Connections, 'resolve' | 'onChange' | 'onRemoved'>;
  records: Pick<ConnectionStore, 'get' | 'list'>;
  apisOf: (connection: ConnectionRecord) => readonly ApiAddress[];
  relay: Relay;
  traffic: Pick<Traffic, 'record'>;
  clock: Clock;
}

/** Answers requests of consumers at an address of ours, whose `Host` must be one of `ownHosts`. */
export function serveConsumers(
  options: ServeOptions,
  routes: Routes,
  ownHosts: ReadonlySet<string>,
  prove: (socket: Socket) => void,
): RequestListener {
  const { consumers, records, apisOf, relay, traffic, clock } = options;

  function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    consumer: Consumer | null,
    answer: OwnAnswer,
  ): void {
    sendOwnAnswer(request, response, answer);
    traffic.record({
      at: clock.now(),
      consumer: consumer && { id: consumer.id, kind: consumer.kind, name: consumer.name },
      connection: null,
      entrance: 'gateway',
      api: null,
      method: (request.method ?? '').slice(0, 20),
      // Strangers do not write into what the person reads.
      path: consumer === null ? '/' : (request.url ?? ''),
      status: answer.status,
      durationMs: 0,
      requestBytes: 0,
      responseBytes: 0,
      decision: 'refused',
      reason: answer.message,
    });
  }

  function list(request: IncomingMessage, response: ServerResponse, consumer: Consumer): void {
    const addresses = records
      .list()
      .filter(({ id }) => mayUse(consumer, id))
      .flatMap((connection) =>
        apisOf(connection).map(({ id, name }) => ({
          connection: { id: connection.id, name: connection.name },
          api: id,
          name,
          url: `http://${request.headers.host ?? ''}/${connection.id}/${id}`,
        })),
      );
    const body = JSON.stringify({ addresses });
    response.writeHead(200, { ...OWN_HEADERS, 'content-length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  return (request, response) => {
    const refusal = checkRequest(request, ownHosts);
    // Before the key: a browser would ask the person for one.
    if (refusal?.kind === 'web-page') {
      refuse(request, response, null, webPage(refusal.reason));
      return;
    }
    // MCP clients look here for a sign-in before they use the key that they were given.
    if (request.url?.startsWith('/.well-known/') === true) {
      refuse(request, response, null, NO_SIGN_IN);
      return;
    }
    const key = sentKey(request.headers);
    const authenticated = (): Consumer | null => (key === null ? null : consumers.authenticate(key));
    const consumer = authenticated();
    if (consumer === null || !opensGateway(consumer)) {
      refuse(request, response, null, UNAUTHORIZED);
      return;
    }
    prove(request.socket);
    if (refusal !== null) {
      refuse(request, response, consumer, malformed(refusal.status, refusal.reason));
      return;
    }
    const target = checkRawPath(request.url ?? '');
    if ('reason' in target) {
      refuse(request, response, consumer, malformed(target.status, target.reason));
      return;
    }
    if (target.path === '/' && (request.method === 'GET' || request.method === 'HEAD')) {
      list(request, response, consumer);
      return;
    }
    const route = routes.find(target.path);
    if (route === null || !mayUse(consumer, route.connection.id)) {
      refuse(request, response, consumer, NOWHERE);
      return;
    }
    const { connection, api, path, bare, prefix } = route;
    void relay(request, response, {
      consumer,
      connection,
      entrance: 'gateway',
      api,
      path,
      bare,
      query: target.query,
      publicUrl: `http://${request.headers.host ?? ''}${prefix}`,
      keyWorks: () => authenticated()?.id === consumer.id,
    });
  };
}

const mayUse = ({ connections }: Consumer, id: ConnectionRecord['id']): boolean =>
  connections === null || connections.has(id);

const NO_SIGN_IN: OwnAnswer = {
  status: 404,
  code: 'not-found',
  message: 'Nobody signs in here.',
  hint: 'Send a key of the gateway.',
};

/** The same for what is not there and for what this key does not open. */
const NOWHERE: OwnAnswer = {
  status: 404,
  code: 'not-found',
  message: 'There is nothing at this address for this key.',
  hint: 'GET / with the key lists its addresses: /CONNECTION/API.',
};

const malformed = (status: number, reason: string): OwnAnswer => ({
  status,
  code: 'invalid-input',
  message: `This request is not sent on. ${reason}`,
  hint: '',
  close: true,
});

const webPage = (reason: string): OwnAnswer => ({
  status: 403,
  code: 'forbidden',
  message: `Web pages cannot use this. ${reason}`,
  hint: '',
  close: true,
});
