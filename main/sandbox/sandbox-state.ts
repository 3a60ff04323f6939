import type { Clock } from '../lib/clock.ts';
import type { WrittenContent } from './atlassian/written.ts';
import type { AppRegistration } from './app-registration.ts';
import type { Codes } from './codes.ts';
import type { Conditions } from './conditions.ts';
import type { DeviceCodes } from './device-codes.ts';
import type { McpRecords } from './mcp/records.ts';
import type { GitRepository } from './git/repository.ts';
import type { SentFile } from './sent-file.ts';
import type { EndedCredentials } from './ended-credentials.ts';
import type { Grants } from './grants.ts';
import { SERVICE_ACCOUNTS, type SandboxPerson, type SandboxSite } from './people.ts';
import type { RefreshUses } from './refresh-uses.ts';
import type { RegisteredApps } from './registered-apps.ts';
import type { TokenMint } from './token-mint.ts';

/** One group of scopes in the console. */
export interface ConsoleScopes {
  place: string;
  scopes: readonly { scope: string; description: string }[];
}

/** Everything that the stand-in's endpoints share. */
export interface SandboxState {
  /** Origin of the stand-in, without a slash at the end. */
  readonly url: string;
  readonly clock: Clock;
  readonly people: readonly SandboxPerson[];
  readonly apps: readonly AppRegistration[];
  readonly scopeDescriptions: ReadonlyMap<string, string>;
  /** The scopes that an app of the console can have, in its groups. */
  readonly consoleScopes: readonly ConsoleScopes[];
  readonly mint: TokenMint;
  readonly grants: Grants;
  readonly codes: Codes;
  readonly uses: RefreshUses;
  readonly conditions: Conditions;
  readonly ended: EndedCredentials;
  readonly deviceCodes: DeviceCodes;
  readonly registered: RegisteredApps;
  readonly mcp: McpRecords;
  /** Of Bitbucket, Cloud and Data Center. */
  readonly git: GitRepository;
  /** What was attached, oldest first. */
  readonly attached: SentFile[];
  /** Issues, comments and pages that were created. */
  readonly written: WrittenContent;
  /** Wrong passwords since the last right one or CAPTCHA, by service and user name. */
  readonly wrongTries: Map<string, number>;
  /** When the credentials were created, epoch ms. */
  readonly createdAt: number;
}

/** A person or service account, by key. */
export const findAccount = ({ people }: SandboxState, key: string): SandboxPerson | null =>
  people.find((person) => person.key === key) ??
  SERVICE_ACCOUNTS.find((account) => account.key === key) ??
  null;

/** The site with this key or cloud id, of anybody. */
export const findSite = ({ people }: SandboxState, name: string): SandboxSite | null =>
  people.flatMap(({ sites }) => sites).find(({ key, cloudId }) => name === key || name === cloudId) ?? null;
