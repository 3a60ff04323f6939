import { isoTime } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';
import {
  fairConditions,
  type Conditions,
  type DownMode,
  type ExpiresInShape,
  type GoneError,
  type RudeKind,
  type RudePlace,
} from './conditions.ts';
import { findPerson } from './consent-form.ts';
import type { McpCall } from './mcp/records.ts';
import type { CredentialLists } from './credential-lists.ts';
import type { Ending } from './ended-credentials.ts';
import type { RefreshUse, RefreshUseTotals } from './refresh-uses.ts';
import type { SentFile } from './sent-file.ts';
import type { SandboxState } from './sandbox-state.ts';
import { listCredentials } from './services.ts';

/** The stand-in's state, without tokens. */
export interface SandboxView {
  conditions: Conditions;
  totals: Readonly<RefreshUseTotals>;
  refreshTokensUsedTwice: number;
  grants: { account: string; app: string; scopes: string[]; sites: string[] | 'all'; signIns: number }[];
  now: string;
}

/** Makes the stand-in misbehave, and reports the requests it received. Over HTTP: `/__sandbox/…`, see `control-http.ts`. */
export interface SandboxControl {
  /** Every answer waits this long before the request is looked at. */
  slow(ms: number): void;
  /**
   * `refuse`: nothing listens; `reset`: connections are reset; `hang`: no answer ever comes. Null brings it back,
   * as do `forMs` milliseconds.
   */
  down(mode: DownMode | null, forMs?: number): Promise<void>;
  /** The next `times` answers are of this kind. */
  rude(kind: RudeKind, times?: number, place?: RudePlace): void;
  /** The next `count` token requests are processed, and the connection ends in place of the answer. */
  loseAnswers(count: number): void;
  /** Tokens issued from now on lack these scopes; none given ends it. Without `offline_access` none is rotated. */
  withoutScope(...scopes: string[]): void;
  expiresInAs(shape: ExpiresInShape): void;
  goneAs(error: GoneError): void;
  accessTokenTtl(seconds: number): void;
  /** Requests for these scopes end on an error page, as when an app lacks the User identity API (`read:me`). */
  notEnabled(...scopes: string[]): void;
  /** Data Center: every address answers 200 with a login page; passwords are refused; callbacks must be https. */
  dataCenter(change: Partial<Pick<Conditions, 'loginPage' | 'basicAllowed' | 'httpsCallbackOnly'>>): void;
  /** Device sign-ins that start from now on. */
  device(change: Partial<Conditions['device']>): void;
  /** Everything that is accepted besides the sign-in of a person, with its secrets. */
  credentials(): CredentialLists;
  /** Makes a token, key, password or client secret stop working; null makes it work again. */
  endCredential(secret: string, ending: Ending | null): void;
  /** Ends every condition above, and CAPTCHAs. Grants, counters and ended credentials stay. */
  fair(): Promise<void>;
  revokeAll(): void;
  /** By key, e-mail or account id. False when the person is unknown or has granted nothing. */
  revokeAccount(account: string): boolean;
  /** Every request that used a refresh token, oldest first (the last 50,000). */
  uses(): readonly RefreshUse[];
  totals(): Readonly<RefreshUseTotals>;
  /** How many refresh tokens were processed more than once, one replay of a lost answer included. */
  refreshTokensUsedTwice(): number;
  forgetUses(): void;
  /** Every request that the MCP server let in, oldest first (the last 50,000). */
  mcpCalls(): readonly McpCall[];
  /** The MCP server forgets its sessions, as after a restart. */
  endMcpSessions(): void;
  /** Every file that was attached to an issue, oldest first. */
  attached(): readonly SentFile[];
  view(): SandboxView;
}

/** `setListening` opens and closes the port. Dispose ends the timer of `down`. */
export function createControl(
  state: SandboxState,
  ttlSeconds: number,
  setListening: (listening: boolean) => Promise<void>,
): SandboxControl & Disposable {
  const { conditions, grants, uses, clock, people } = state;
  let revival: Disposable | null = null;
  const down: SandboxControl['down'] = async (mode, forMs) => {
    void revival?.dispose();
    conditions.down = mode;
    await setListening(mode !== 'refuse');
    if (mode === null || forMs === undefined) return;
    revival = clock.setTimeout(() => {
      // Fails if another program has taken the port in the meantime: then it stays down.
      down(null).catch(() => undefined);
    }, forMs);
  };
  return {
    dispose: () => revival?.dispose(),
    down,
    slow: (ms) => {
      conditions.slowMs = ms;
    },
    rude: (kind, times = 1, place = 'any') => {
      if (times > 0) conditions.rude.push({ kind, place, times });
    },
    loseAnswers: (count) => {
      conditions.loseAnswers = count;
    },
    withoutScope: (...scopes) => {
      conditions.withoutScopes = scopes;
    },
    expiresInAs: (shape) => {
      conditions.expiresInAs = shape;
    },
    goneAs: (error) => {
      conditions.goneAs = error;
    },
    accessTokenTtl: (seconds) => {
      conditions.accessTokenTtlSeconds = seconds;
    },
    notEnabled: (...scopes) => {
      conditions.notEnabledScopes = scopes;
    },
    dataCenter: (change) => {
      Object.assign(conditions, change);
    },
    device: (change) => {
      Object.assign(conditions.device, change);
    },
    credentials: () => listCredentials(state),
    endCredential: (secret, ending) => {
      state.ended.set(secret, ending);
    },
    fair: async () => {
      Object.assign(conditions, fairConditions(ttlSeconds));
      state.wrongTries.clear();
      await down(null);
    },
    revokeAll: () => {
      grants.revoke(() => true);
    },
    revokeAccount: (account) => {
      const person = findPerson(people, account);
      return person !== null && grants.revoke((grant) => grant.person === person.key) > 0;
    },
    uses: () => uses.list(),
    totals: () => uses.totals(),
    refreshTokensUsedTwice: () => uses.usedTwice(),
    forgetUses: () => {
      uses.forget();
    },
    mcpCalls: () => state.mcp.calls(),
    endMcpSessions: () => {
      state.mcp.endAll();
    },
    attached: () => state.attached,
    view: () => ({
      conditions,
      totals: uses.totals(),
      refreshTokensUsedTwice: uses.usedTwice(),
      grants: grants.list().map(({ person, clientId, scopes, sites, families }) => ({
        account: person,
        app: clientId,
        scopes,
        sites,
        signIns: families.length,
      })),
      now: isoTime(clock.now()),
    }),
  };
}
