import type { Caller } from '../caller.ts';

interface Tool {
  readonly name: string;
  readonly reads: boolean;
}

const FEW: readonly Tool[] = [{ name: 'atlassianUserInfo', reads: true }];
const MANY: readonly Tool[] = [
  ...FEW,
  { name: 'getAccessibleAtlassianResources', reads: true },
  { name: 'getJiraIssue', reads: true },
  { name: 'getConfluencePage', reads: true },
  { name: 'createJiraIssue', reads: false },
];

/** A classic API token gives few tools. */
const toolsFor = ({ scopes }: Caller): readonly Tool[] => (scopes === 'all' ? FEW : MANY);

export const listTools = (caller: Caller): object[] =>
  toolsFor(caller).map(({ name, reads }) => ({
    name,
    inputSchema: { type: 'object' },
    annotations: { readOnlyHint: reads },
  }));

/** The result of a call, as a text; null when the caller has no such tool. */
export function callTool(caller: Caller, name: string): string | null {
  if (!toolsFor(caller).some((tool) => tool.name === name)) return null;
  const { accountId, email, name: person } = caller.person;
  if (name === 'atlassianUserInfo') return JSON.stringify({ account_id: accountId, email, name: person });
  return JSON.stringify({ done: name, sites: caller.sites.map(({ url }) => url) });
}
