import type { TestResult } from '../../contract/calls.ts';
import { apiAddresses } from '../credentials/addresses.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import { assertNever } from '../lib/result.ts';
import type { ProviderDefinition, WhoAmI } from '../providers/definition.ts';
import type { ConnectionRecord } from '../store/records.ts';
import { accountFrom } from './accounts.ts';
import { getJson, type JsonAnswer } from './get-json.ts';

export interface TestRequest {
  fetch: Fetch;
  definition: ProviderDefinition;
  header: CredentialHeader;
  connection: Pick<ConnectionRecord, 'site' | 'route' | 'grantedScopes' | 'method'>;
}

interface Check {
  check: string;
  url: string;
  /** What is good about the answer. */
  good: (value: unknown) => string;
  request?: WhoAmI;
}

/** Cheap reads, each with the scope that allows it, the most dependable first. */
const READS: Readonly<Record<string, readonly { path: string; scope: string }[]>> = {
  jira: [
    { path: '/rest/api/3/myself', scope: 'read:jira-user' },
    { path: '/rest/api/3/project/search?maxResults=1', scope: 'read:jira-work' },
  ],
  confluence: [
    { path: '/wiki/rest/api/user/current', scope: 'read:confluence-user' },
    { path: '/wiki/rest/api/space?limit=1', scope: 'read:confluence-space.summary' },
    { path: '/wiki/rest/api/content?limit=1', scope: 'read:confluence-content.summary' },
    { path: '/wiki/api/v2/spaces?limit=1', scope: 'read:space:confluence' },
    { path: '/wiki/api/v2/pages?limit=1', scope: 'read:page:confluence' },
  ],
};

/** Tries the credential: who it belongs to, and one read of each product that its scopes allow. Never fails. */
export async function testCredential(request: TestRequest): Promise<TestResult[]> {
  const { fetch, definition, header } = request;
  return Promise.all(
    checksFor(request).map(async (check) => {
      const answer = await getJson(fetch, { url: check.url, header, ...check.request });
      return { check: check.check, ...judge(answer, check, definition.name) };
    }),
  );
}

function checksFor({ definition, connection }: TestRequest): Check[] {
  const { identity, name, apis } = definition;
  const { site, grantedScopes, method } = connection;
  const good = (value: unknown): string => {
    const who = accountFrom(value)?.name;
    return who === undefined ? `${name} answers.` : `You are signed in to ${name} as ${who}.`;
  };
  const checks: Check[] = [];
  if (identity.kind === 'userinfo' && identity.userinfoUrl !== undefined)
    checks.push({ check: 'Profile', url: identity.userinfoUrl, good });
  if (identity.kind === 'atlassian-cloud' && method === 'oauth2')
    checks.push({ check: 'Profile', url: `${identity.apiUrl.replace(/\/+$/, '')}/me`, good });
  for (const { id, name: api, url } of apiAddresses(definition, connection)) {
    const read = READS[id]?.find(({ scope }) => grantedScopes.includes(scope));
    const whoAmI = apis.find((known) => known.id === id)?.whoAmI;
    if (read && site !== null)
      checks.push({ check: api, url: url + read.path, good: () => `${api} answers for ${site.name}.` });
    else if (whoAmI && grantedScopes.length === 0)
      checks.push({ check: api, url: url + whoAmI.path, good, request: whoAmI });
  }
  return checks;
}

function judge(answer: JsonAnswer, { good }: Check, provider: string): Omit<TestResult, 'check'> {
  switch (answer.kind) {
    case 'json':
      return { ok: true, message: good(answer.value) };
    case 'scope-missing':
      return { ok: false, message: 'A permission is missing: reconnect and grant the scope for this.' };
    case 'unauthorized':
      return {
        ok: false,
        message: `${provider} does not accept the token: it has expired or was revoked. Refresh or reconnect.`,
      };
    case 'forbidden':
      return { ok: false, message: 'Your account does not have access to this product on this site.' };
    case 'captcha':
      return { ok: false, message: `${provider} wants a CAPTCHA first: sign in once in the browser.` };
    case 'unreachable':
      return { ok: false, message: `There is a network problem: ${answer.reason}. ${answer.cure}` };
    case 'unusable':
      return { ok: false, message: `${provider} has a temporary problem: ${answer.reason}.` };
    default:
      return assertNever(answer);
  }
}
