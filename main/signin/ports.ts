import type { Account, SignInMethod, Site } from '../../contract/connection.ts';
import type { ConnectionId, OAuthClientId, ProviderId, SignInId } from '../../contract/ids.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { TokenSet } from '../store/records.ts';

export interface SignInRequest {
  provider: ProviderId;
  client: OAuthClientId | undefined;
  method: SignInMethod;
  /** Null: a name is made from site or account. */
  name: string | null;
  /** Null: the definition's defaults. */
  scopes: string[] | null;
  /** Cloud id, name or address; null: ask when there are several. */
  site: string | null;
  /** The connection to keep, and the account expected back. */
  reconnects: { id: ConnectionId; account: Account; site: Site | null } | null;
  /** Opens the person's browser. */
  open: boolean;
}

/** Everything a finished sign-in knows; `adopt` makes a connection of it. */
export interface SignedIn {
  provider: ProviderId;
  method: SignInMethod;
  client: OAuthClientId | null;
  name: string | null;
  account: Account;
  site: Site | null;
  sites: Site[];
  requestedScopes: string[];
  grantedScopes: string[];
  tokens: TokenSet;
  reconnects: ConnectionId | null;
}

/** Signing in: several may be under way, each with its own state, verifier and time limit. */
export interface SignIns extends Disposable {
  readonly onChange: Event<SignInView>;
  readonly onRemoved: Event<SignInId>;
  list(): SignInView[];
  get(id: SignInId): Result<SignInView>;
  start(request: SignInRequest): Promise<Result<SignInView>>;
  /**
   * Resolves when the stage is not `stage` any more, or after `timeoutMs`. Null: when it leaves the one it is in now;
   * at once for a sign-in that is over.
   */
  wait(id: SignInId, stage: string | null, timeoutMs: number): Promise<Result<SignInView>>;
  complete(id: SignInId, callbackUrl: string): Promise<Result<SignInView>>;
  chooseSite(id: SignInId, site: string): Promise<Result<SignInView>>;
  acceptAccount(id: SignInId): Promise<Result<SignInView>>;
  cancel(id: SignInId): Result<SignInView>;
}

/** Stores what a sign-in gave, durably, before the sign-in is called done. */
export type SaveSignedIn = (signedIn: SignedIn) => Promise<Result<ConnectionId>>;
