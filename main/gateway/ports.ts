import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Agent } from 'node:http';
import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { GatewayDoor } from '../../contract/gateway.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { GatewayEntrance } from '../../contract/vocabulary.ts';
import type { Consumer } from '../consumers/ports.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { ConnectionRecord } from '../store/records.ts';

/** Where a request goes, and with what. */
export interface Upstream {
  /** The API's address, without a slash at its end. */
  readonly url: URL;
  /** Secret. */
  readonly header: CredentialHeader;
  /** By the connection's network settings. */
  readonly agent: Agent;
}

/** Opens the APIs of connections with a credential that is valid now. */
export interface Upstreams {
  /**
   * Renews first if the credential is about to end. Fails with `not-found` (no such API), or why the connection has no
   * credential now. No promise where nothing has to be waited for.
   */
  open(connection: ConnectionRecord, api: string): Result<Upstream> | Promise<Result<Upstream>>;
  /** After a 401 to `refused`: what to try instead; null when there is nothing better. At most one renewal for all who ask. */
  replace(connection: ConnectionRecord, api: string, refused: Upstream): Promise<Upstream | null>;
}

/** One request on its way to an API of a connection. */
export interface RelayTarget {
  readonly consumer: Consumer;
  readonly connection: ConnectionRecord;
  readonly entrance: GatewayEntrance;
  readonly api: string;
  /** Raw, below the API's address: starts with `/`, checked by `checkRawPath`. */
  readonly path: string;
  /** The API's address itself was asked for, without a slash: some services tell the two apart. */
  readonly bare?: boolean;
  /** With its `?`; empty without one. */
  readonly query: string;
  /**
   * What the consumer reaches the API's address at, such as `http://127.0.0.1:7980/acme/jira`, put in its place in
   * `Location` and `Link`; null: answers keep their addresses (forward proxy).
   */
  readonly publicUrl: string | null;
  /** Whether the key that it came with still works. */
  readonly keyWorks: () => boolean;
}

/** Sends a request on with the credential, and its answer back: admission, limits, streaming, repeat after 401, record. Never rejects. */
export type Relay = (
  request: IncomingMessage,
  response: ServerResponse,
  target: RelayTarget,
) => Promise<void>;

/** A listener of the gateway. */
export interface Door extends Disposable {
  readonly state: GatewayDoor;
  readonly onChange: Event<void>;
}

/** What the calls about the gateway are answered with. */
export interface Gateway extends Disposable {
  readonly onChange: Event<void>;
  readonly onHeld: Event<void>;
  readonly onTraffic: Event<CallOutput<'gateway.traffic'>['entries']>;
  view(): CallOutput<'gateway.view'>;
  operations(): CallOutput<'gateway.operations'>;
  explain(input: CallInput<'gateway.explain'>): CallOutput<'gateway.explain'>;
  add(input: CallInput<'gateway.add'>): Promise<Result<CallOutput<'gateway.add'>>>;
  change(input: CallInput<'gateway.change'>): Result<CallOutput<'gateway.change'>>;
  remove(input: CallInput<'gateway.remove'>): Result<CallOutput<'gateway.remove'>>;
  setConnectionRules(input: CallInput<'gateway.set-connection-rules'>): Result<CallOutput<'gateway.view'>>;
  decide(input: CallInput<'gateway.decide'>): Result<Record<string, never>>;
  traffic(input: CallInput<'gateway.traffic'>): Result<CallOutput<'gateway.traffic'>>;
  usage(input: CallInput<'gateway.usage'>): Result<CallOutput<'gateway.usage'>>;
  beginRun(input: CallInput<'gateway.begin-run'>): Promise<Result<CallOutput<'gateway.begin-run'>>>;
  endRun(input: CallInput<'gateway.end-run'>): Result<Record<string, never>>;
  /** A connection was renamed, changed or removed. */
  connectionChanged(id: ConnectionId): void;
  /** A removed connection cannot be put back. */
  connectionPurged(id: ConnectionId): void;
}
