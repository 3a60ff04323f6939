import type { Account, OAuthGrant, SignInMethod, Site } from '../../contract/connection.ts';
import type { ConnectionId, OAuthClientId, ProviderId, SignInId } from '../../contract/ids.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { Sent } from '../credentials/sent.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Event } from '../lib/emitter.ts';
import type { Result } from '../lib/result.ts';
import type { TokenSet } from '../store/records.ts';

export interface SignInRequest {
  provider: ProviderId;
  /** By our id, the provider's `client_id`, or name. */
  client: string | undefined;
  /** Null: the provider's first one. */
  method: SignInMethod | null;
  /** Null: the provider's first one. */
  grant: OAuthGrant | null;
  /** Null: named after the site or account. */
  name: string | null;
  /** Null: the definition's defaults. */
  scopes: string[] | null;
  /** Cloud id, name or address; null: ask when there are several. */
  site: string | null;
  /** Base address of a self-hosted instance. */
  url: string | null;
  /** User name of a pasted credential. */
  username: string | null;
  /** When a pasted credential ends, epoch ms. */
  expiresAt: number | null;
  /** The connection to keep, and the account expected back. */
  reconnects: { id: ConnectionId; account: Account; site: Site | null } | null;
  /** Opens the person's browser. */
  open: boolean;
}

/** What a method has obtained when its part is done. */
export interface Obtained {
  client: OAuthClientId | null;
  grant: OAuthGrant | null;
  sent: Sent;
  /** Which of an API's addresses work with it. */
  route: string;
  tokens: TokenSet;
  account: Account;
  /** Every site that it covers; the instance of a self-hosted product. */
  sites: Site[];
  /** The one that it was made for, so that nobody is asked. */
  madeFor?: Site | undefined;
  requestedScopes: string[];
  grantedScopes: string[];
}

/** The result of a finished sign-in; `SaveSignedIn` turns it into a connection. */
export interface SignedIn extends Obtained {
  provider: ProviderId;
  method: SignInMethod;
  name: string | null;
  site: Site | null;
  reconnects: ConnectionId | null;
  /** A new one is stored paused; false where it is not said. */
  paused?: boolean;
}

/** Signing in: several may be in progress, each with its own secrets and time limit. */
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
  /** The values that the stage `enter-secret` asks for. */
  answer(id: SignInId, values: Readonly<Record<string, string>>): Promise<Result<SignInView>>;
  chooseSite(id: SignInId, site: string): Promise<Result<SignInView>>;
  acceptAccount(id: SignInId): Promise<Result<SignInView>>;
  cancel(id: SignInId): Result<SignInView>;
}

/** Stores the result of a sign-in durably, before the sign-in counts as done. */
export type SaveSignedIn = (signedIn: SignedIn) => Promise<Result<ConnectionId>>;
