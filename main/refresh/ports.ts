import type { Failure } from '../../contract/errors.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { Soon } from '../lib/soon.ts';
import type { TokenSet } from '../store/records.ts';

/**
 * How a refresh ended. Times are epoch ms; reasons are for people and hold no secret. `offline`: nobody answered;
 * `temporary`: the provider could not, or what it gave could not be stored yet. `askedToWait`: not before
 * `retryAt`, because the provider said so or a lost answer demands it.
 */
export type RefreshOutcome =
  | { kind: 'refreshed'; expiresAt: number | null }
  | {
      kind: 'transient';
      code: 'offline' | 'temporary';
      reason: string;
      retryAt: number;
      askedToWait: boolean;
    }
  | { kind: 'gone'; reason: string }
  | { kind: 'misconfigured'; reason: string };

/** Why a connection cannot be refreshed, since when (epoch ms), where its record does not say so. */
export interface Trouble {
  since: number;
  failure: Failure;
}

/** Refreshes connections, each by one request at a time, journalled. The only code that sends a refresh token. */
export interface Refresher {
  /** Emits after each begin and end of a refresh; the record in the store is then up to date. */
  readonly onChange: Event<{ id: ConnectionId; outcome: RefreshOutcome | null }>;
  /**
   * Joins the refresh under way, if any; a paused connection is refreshed too. Fails with `not-found`, `unsupported`
   * (nothing to refresh with), `cancelled` (the app is ending) or a `keychain-…`, `store-corrupt`, `io` code.
   */
  refresh(id: ConnectionId): Promise<Result<RefreshOutcome>>;
  /**
   * The token set: at once, or refreshed first when its access token would end within `minTtlMs`. A token that is still
   * valid is given even when the refresh fails for the moment, or the connection is paused. Fails with
   * `needs-reconnect`, `misconfigured`, `offline`, `temporary`, `not-found` or a code of `refresh`.
   */
  freshTokens(id: ConnectionId, minTtlMs: number): Soon<Result<TokenSet>>;
  /** Since when a refresh is under way, epoch ms; null when none is. */
  refreshingSince(id: ConnectionId): number | null;
  /** Null when there is none, or the record shows it. `onChange` emits when that changes. */
  trouble(id: ConnectionId): Trouble | null;
  /** The connection was removed, and cannot be put back: drops everything known about it. */
  forget(id: ConnectionId): void;
  /** Waits for the requests under way, and for what they gave to be stored. */
  idle(): Promise<void>;
  /** Takes no more refreshes and waits for the requests under way, so that no answer is lost when the app ends. */
  drain(): Promise<void>;
}

/** Decides when to refresh, with one timer for all connections. */
export interface Scheduler extends Disposable {
  start(): void;
  /** Epoch ms; null when the connection will not be refreshed by itself. */
  nextRefreshAt(id: ConnectionId): number | null;
  /** A connection was added, changed or removed. */
  changed(id: ConnectionId): void;
  /** Checks every connection again now, for example when the network is back. */
  recheck(): void;
  /** The same after sleep; access tokens of unknown life are renewed too. */
  wake(): void;
  setPaused(paused: boolean): void;
}
