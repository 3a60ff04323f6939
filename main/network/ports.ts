import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { NetworkChange, NetworkView } from '../../contract/network.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { Fetch, Via } from '../lib/bounded-fetch.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { TransportFault } from '../lib/transport-fault.ts';

/** How a try to reach a server went. */
export interface WayOut {
  /** `directly`, or through which proxy, and where that is set. */
  route: string;
  fault: TransportFault | null;
}

/** The one way out of this process: every request goes through it, by the network settings in force at that moment. */
export interface Network {
  /** Bounded in time and size. `init.via` says by whose settings. */
  readonly fetch: Fetch;
  /** By the settings that are in force now, for a request after the connection is gone. */
  pinned(via: Via): Fetch;
  /**
   * Connections to the origin of `url`, for requests that may last as long as they like: no limit of time ends them. Cheap to
   * ask for before each request, and to be asked for then: kept connections go by settings and files as they were a second
   * ago at most. Errors of its requests are a NetworkFault, or the system's; see `transportFault`.
   */
  agentFor(url: URL, via: Via): Agent;
  /**
   * A connection to a server that a stranger named, by the settings of all: to `address`, which the caller has checked, or
   * with null through a proxy that looks the name up, and never directly. The certificate is checked for the name in `url`,
   * and no certificate of the person is shown. Rejects with a NetworkFault.
   */
  openAt(url: URL, address: string | null): Promise<Duplex>;
  /** Someone's settings changed: a connection's, or with null those of all that have none of their own. */
  readonly onChange: Event<ConnectionId | null>;
  /**
   * A connection for somebody who speaks TLS with the other end himself, by the settings of all that have none of their own. Where no
   * proxy is set, `direct` makes it. Rejects with a NetworkFault, or as `direct` does.
   */
  tunnel(url: URL, direct: () => Promise<Socket>): Promise<Socket>;
  /** Connects, checks the certificate and disconnects; sends no request. Ends within 10 s. */
  tryOut(url: string, via: Via | null): Promise<WayOut>;
  /** Null: the defaults. */
  view(connection: { id: ConnectionId; name: string; via: Via } | null): Promise<Result<NetworkView>>;
  /** Checks files before anything is saved. In force from the next request on. */
  set(
    connection: { id: ConnectionId; name: string; via: Via } | null,
    change: NetworkChange,
  ): Promise<Result<NetworkView>>;
  /** Whether certificates are not checked for this connection. */
  isUnverified(connection: ConnectionId): boolean;
  /** After a connection was removed: ends what it keeps open. */
  disconnect(connection: ConnectionId): void;
  /** It cannot be put back either. */
  forget(connection: ConnectionId): void;
}
