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
  /** Null: named after the site or account. */
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

/** The result of a finished sign-in; `SaveSignedIn` turns it into a connection. */
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

/** Signing in: several may be in progress, each with its own state, verifier and time limit. */
export interface SignIns extends Disposable {
  readonly onChange: Event<SignInView>;
  readonly onRemoved: Event<SignInId>;
  list(): SignInView[];
  get(id: SignInId): Result<SignInView>;
  start(request: SignInRequest): Promise<Result<SignInView>>;
  /**
   * Resolves when the stage is no longer `stage`, or after `timeoutMs`. Null: when it leaves its current stage. Resolves
   * immediately for a sign-in that is over.
   */
  wait(id: SignInId, stage: string | null, timeoutMs: number): Promise<Result<SignInView>>;
  complete(id: SignInId, callbackUrl: string): Promise<Result<SignInView>>;
  chooseSite(id: SignInId, site: string): Promise<Result<SignInView>>;
  acceptAccount(id: SignInId): Promise<Result<SignInView>>;
  cancel(id: SignInId): Result<SignInView>;
}

/** Stores the result of a sign-in durably, before the sign-in counts as done. */
export type SaveSignedIn = (signedIn: SignedIn) => Promise<Result<ConnectionId>>;
