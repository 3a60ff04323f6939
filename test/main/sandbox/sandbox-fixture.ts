import { WrittenContent } from '../../../main/sandbox/atlassian/written.ts';
import { SANDBOX_APP } from '../../../main/sandbox/app-registration.ts';
import { Codes } from '../../../main/sandbox/codes.ts';
import { fairConditions } from '../../../main/sandbox/conditions.ts';
import { DeviceCodes } from '../../../main/sandbox/device-codes.ts';
import { EndedCredentials } from '../../../main/sandbox/ended-credentials.ts';
import type { SandboxRequest } from '../../../main/sandbox/exchange.ts';
import { GitRepository } from '../../../main/sandbox/git/repository.ts';
import { Grants } from '../../../main/sandbox/grants.ts';
import { SANDBOX_PEOPLE } from '../../../main/sandbox/people.ts';
import { RefreshUses } from '../../../main/sandbox/refresh-uses.ts';
import { RegisteredApps } from '../../../main/sandbox/registered-apps.ts';
import { McpRecords } from '../../../main/sandbox/mcp/records.ts';
import type { SandboxState } from '../../../main/sandbox/sandbox-state.ts';
import { TokenMint } from '../../../main/sandbox/token-mint.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

/** Bytes that look random and are the same in every run. */
export function steadyRandom(): (bytes: number) => Buffer {
  let seed = 1;
  return (bytes) =>
    Buffer.from(Array.from({ length: bytes }, () => ((seed = Math.imul(seed, 48_271) >>> 0) >>> 16) & 0xff));
}

/** The stand-in's state without a server around it. */
export function sandboxState(): SandboxState & { clock: FakeClock } {
  const random = steadyRandom();
  return {
    url: 'http://127.0.0.1:4000',
    clock: new FakeClock(),
    people: SANDBOX_PEOPLE,
    apps: [SANDBOX_APP],
    scopeDescriptions: new Map([['read:me', 'Read your profile']]),
    consoleScopes: [
      { place: 'User identity API', scopes: [{ scope: 'read:me', description: 'Read your profile' }] },
      {
        place: 'Jira API › Classic scopes',
        scopes: [{ scope: 'read:jira-work', description: 'Read issues' }],
      },
    ],
    mint: new TokenMint(random(32), random),
    grants: new Grants(
      () => random(8).toString('hex'),
      () => undefined,
      [],
    ),
    codes: new Codes(() => random(32).toString('base64url')),
    uses: new RefreshUses(),
    conditions: fairConditions(3600),
    ended: new EndedCredentials(() => undefined, {}),
    deviceCodes: new DeviceCodes(random),
    registered: new RegisteredApps(() => undefined, []),
    mcp: new McpRecords(() => 'session'),
    git: new GitRepository(),
    attached: [],
    written: new WrittenContent(),
    wrongTries: new Map(),
    createdAt: 0,
  };
}

export const sandboxRequest = (
  target: string,
  {
    method = 'GET',
    body = '',
    headers = {},
  }: Partial<Pick<SandboxRequest, 'method' | 'body' | 'headers'>> = {},
): SandboxRequest => {
  const { pathname, searchParams } = new URL(target, 'http://127.0.0.1:4000');
  return { method, path: pathname, query: searchParams, headers, body, file: null };
};
