import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Consumer, Traffic } from '../../consumers/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import { sendOwnAnswer, type OwnAnswer } from '../own-answer.ts';
import type { Relay } from '../ports.ts';
import { checkRawPath } from '../raw-path.ts';
import { checkRequest } from '../request-checks.ts';
import { bracketed, hostNames, type Destination } from './authority-form.ts';
import { relayBare } from './bare-relay.ts';
import { findOpening } from './find-opening.ts';
import type { Played, ProxyRun } from './ports.ts';
import { CONNECTION_HEADER, malformed, notMine, RUN_ENDED, several } from './refusals.ts';

export interface ServeOptions {
  readonly relay: Relay;
  readonly traffic: Pick<Traffic, 'record'>;
  readonly clock: Clock;
  readonly played: Played;
  /** Whether a path of a host is one of its provider's endpoints for signing in; they get no credential. */
  readonly signsIn: (address: string) => boolean;
}

/** Where a request is meant to go: by its CONNECT, or by its absolute address. */
export interface Meant {
  readonly scheme: 'http' | 'https';
  readonly destination: Destination;
  /** Raw path and query. */
  readonly target: string;
}

const USUAL_PORT = { http: 80, https: 443 } as const;

/** Where a destination is really reached: where the sandbox plays it, or at itself. */
export function realAddress({ scheme, destination }: Omit<Meant, 'target'>, played: Played): string {
  const { host, port } = destination;
  const name = port === USUAL_PORT[scheme] ? bracketed(host) : `${bracketed(host)}:${port}`;
  return (scheme === 'https' ? played(name)?.url : undefined) ?? `${scheme}://${name}`;
}

/** Answers a request for a host that is open: through the relay with a connection's credential, or with why not. */
export function serveOpened(
  options: ServeOptions,
  run: ProxyRun,
  meant: Meant,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { relay, played } = options;
  const consumer = run.consumer();
  const refuse = (answer: OwnAnswer, connection: ConnectionRecord | null = null): void => {
    sendOwnAnswer(request, response, answer);
    record(options, request, consumer, connection, answer);
  };
  if (consumer === null) {
    refuse({ ...RUN_ENDED, close: true });
    return;
  }
  const { scheme, destination } = meant;
  const hosts = hostNames(destination, USUAL_PORT[scheme]);
  if (!hosts.has((request.headers.host ?? '').toLowerCase())) {
    refuse(malformed(400, `Its Host is not ${[...hosts][0] ?? ''}, where it is sent to.`));
    return;
  }
  const bad = checkRequest(request, hosts);
  if (bad !== null) {
    refuse(malformed(bad.kind === 'web-page' ? 403 : bad.status, bad.reason));
    return;
  }
  const checked = checkRawPath(meant.target);
  if ('reason' in checked) {
    refuse(malformed(checked.status, checked.reason));
    return;
  }
  // The relay sends none of our own headers on.
  const named = request.headers[CONNECTION_HEADER];
  const wanted = typeof named === 'string' ? named : null;
  const place = played(bracketed(destination.host));
  const real = new URL(realAddress(meant, played));
  const path = `${real.pathname.replace(/\/+$/, '')}${checked.path}`;
  const where = `${real.origin}${path}`;
  const found =
    place?.signsIn === true || options.signsIn(where)
      ? ({ kind: 'none' } as const)
      : findOpening(run.openings(), { origin: real.origin, path }, wanted);
  switch (found.kind) {
    case 'several':
      refuse(several(found.connections));
      return;
    case 'none':
      // The stand-in's own pages: sign-in, media.
      if (place !== null && wanted === null)
        relayBare(request, response, { url: real, path: path + checked.query });
      else refuse(notMine(`${bracketed(destination.host)}${checked.path}`.slice(0, 300), wanted));
      return;
    case 'one': {
      const { connection, api } = found.opening;
      void relay(request, response, {
        ...{ consumer, connection, entrance: 'proxy', api },
        ...{ path: found.path, query: checked.query, publicUrl: null },
        // Its key ends with the run.
        keyWorks: () => run.consumer() !== null,
      });
    }
  }
}

function record(
  { traffic, clock }: ServeOptions,
  request: IncomingMessage,
  consumer: Consumer | null,
  connection: ConnectionRecord | null,
  answer: OwnAnswer,
): void {
  traffic.record({
    at: clock.now(),
    consumer: consumer && { id: consumer.id, kind: consumer.kind, name: consumer.name },
    connection: connection?.id ?? null,
    ...(connection !== null && { connectionName: connection.name }),
    entrance: 'proxy',
    api: null,
    method: (request.method ?? '').slice(0, 20),
    path: (request.url ?? '').replace(/^http:\/\/[^/?]*/i, ''),
    status: answer.status,
    durationMs: 0,
    requestBytes: 0,
    responseBytes: 0,
    decision: answer.status >= 500 ? 'failed' : 'refused',
    reason: answer.message,
  });
}
