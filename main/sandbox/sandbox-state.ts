import type { Clock } from '../lib/clock.ts';
import type { AppRegistration } from './app-registration.ts';
import type { Codes } from './codes.ts';
import type { Conditions } from './conditions.ts';
import type { Grants } from './grants.ts';
import type { SandboxPerson } from './people.ts';
import type { RefreshUses } from './refresh-uses.ts';
import type { TokenMint } from './token-mint.ts';

/** Everything that the stand-in's endpoints share. */
export interface SandboxState {
  /** Origin of the stand-in, without a slash at the end. */
  readonly url: string;
  readonly clock: Clock;
  readonly people: readonly SandboxPerson[];
  readonly apps: readonly AppRegistration[];
  readonly scopeDescriptions: ReadonlyMap<string, string>;
  readonly mint: TokenMint;
  readonly grants: Grants;
  readonly codes: Codes;
  readonly uses: RefreshUses;
  readonly conditions: Conditions;
}
