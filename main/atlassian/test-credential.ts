import type { TestResult } from '../../contract/calls.ts';
import type { Site } from '../../contract/connection.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import { assertNever } from '../lib/result.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { parseAccount } from './accounts.ts';
import { apiAddresses } from './api-addresses.ts';
import { getJson, type JsonAnswer } from './get-json.ts';

export interface TestRequest {
  fetch: Fetch;
  definition: ProviderDefinition;
  accessToken: string;
  site: Site | null;
  grantedScopes: readonly string[];
}

interface Check {
  check: string;
  url: string;
  /** What is good about the answer. */
  good: (value: unknown) => string;
}

/** Cheap reads, each with the scope that allows it, the most dependable first. */
const JIRA_READS = [
  { path: '/rest/api/3/myself', scope: 'read:jira-user' },
  { path: '/rest/api/3/project/search?maxResults=1', scope: 'read:jira-work' },
];
const CONFLUENCE_READS = [
  { path: '/wiki/rest/api/user/current', scope: 'read:confluence-user' },
  { path: '/wiki/rest/api/space?limit=1', scope: 'read:confluence-space.summary' },
  { path: '/wiki/rest/api/content?limit=1', scope: 'read:confluence-content.summary' },
  { path: '/wiki/api/v2/spaces?limit=1', scope: 'read:space:confluence' },
  { path: '/wiki/api/v2/pages?limit=1', scope: 'read:page:confluence' },
];

/** Tries the credential: who it belongs to, and one read of each product that its scopes allow. Never fails. */
export async function testCredential(request: TestRequest): Promise<TestResult[]> {
  const { fetch, definition, accessToken } = request;
  return Promise.all(
    checksFor(request).map(async (check) => {
      const answer = await getJson(fetch, check.url, accessToken);
      return { check: check.check, ...judge(answer, check, definition.name) };
    }),
  );
}

function checksFor({ definition, site, grantedScopes }: TestRequest): Check[] {
  const { identity, name } = definition;
  const good = (value: unknown): string => {
    const who = parseAccount(value)?.name;
    return who === undefined ? `${name} answers.` : `You are signed in to ${name} as ${who}.`;
  };
  if (identity.kind === 'userinfo') return [{ check: 'Profile', url: identity.userinfoUrl, good }];
  const checks: Check[] = [{ check: 'Profile', url: `${identity.apiUrl.replace(/\/+$/, '')}/me`, good }];
  const { jiraApiUrl, confluenceApiUrl } = apiAddresses(definition, site);
  const add = (check: string, base: string | null, reads: typeof JIRA_READS): void => {
    const read = reads.find(({ scope }) => grantedScopes.includes(scope));
    if (base !== null && site !== null && read)
      checks.push({ check, url: base + read.path, good: () => `${check} answers for ${site.name}.` });
  };
  add('Jira', jiraApiUrl, JIRA_READS);
  add('Confluence', confluenceApiUrl, CONFLUENCE_READS);
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
    case 'unreachable':
      return { ok: false, message: `There is a network problem: ${answer.reason}. ${answer.cure}` };
    case 'unusable':
      return { ok: false, message: `${provider} has a temporary problem: ${answer.reason}.` };
    default:
      return assertNever(answer);
  }
}
