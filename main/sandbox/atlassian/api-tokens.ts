import { SERVICE_ACCOUNTS, type SandboxPerson } from '../people.ts';
import type { SandboxState } from '../sandbox-state.ts';
import type { Caller } from '../caller.ts';

/** An API token of Atlassian Cloud. The secret is made from the state's key, so it needs no storage. */
export interface ApiToken {
  /** `scoped` ones work at the gateway only, and for one product; `service`: a service account's, always scoped. */
  kind: 'classic' | 'scoped' | 'service';
  person: SandboxPerson;
  token: string;
  scopes: Caller['scopes'];
}

const JIRA_SCOPES = [
  'read:jira-work',
  'write:jira-work',
  'read:jira-user',
  'read:board-scope:jira-software',
  'read:project:jira',
];
const CONFLUENCE_SCOPES = [
  'read:confluence-user',
  'search:confluence',
  'read:page:confluence',
  'write:page:confluence',
  'read:space:confluence',
  'read:comment:confluence',
  'read:content-details:confluence',
];

/** What the service accounts may do; their OAuth clients too. */
export const SERVICE_SCOPES: readonly string[] = [...JIRA_SCOPES, ...CONFLUENCE_SCOPES];

/** All API tokens there are, in a fixed order; the first person has a second classic one, to replace the first with. */
export function apiTokens({ people, mint }: SandboxState): ApiToken[] {
  const create = (
    kind: ApiToken['kind'],
    person: SandboxPerson,
    label: string,
    scopes: ApiToken['scopes'],
  ): ApiToken => ({
    kind,
    person,
    scopes,
    token: spell(kind === 'service' ? 'ATSTT3x' : 'ATATT3x', mint.secret(`api:${person.key}:${label}`, 136)),
  });
  return [
    ...people
      .filter(({ sites }) => sites.length > 0)
      .flatMap((person, index) => [
        create('classic', person, 'classic', 'all'),
        ...(index === 0 ? [create('classic', person, 'classic-2', 'all')] : []),
        create('scoped', person, 'jira', new Set(JIRA_SCOPES)),
        create('scoped', person, 'confluence', new Set(CONFLUENCE_SCOPES)),
      ]),
    ...SERVICE_ACCOUNTS.map((account) => create('service', account, 'service', new Set(SERVICE_SCOPES))),
  ];
}

/** Prefix, about 180 characters, `=` and 8 hexadecimal digits, as Atlassian spells them. */
const spell = (prefix: string, secret: string): string =>
  `${prefix}${secret}=${Buffer.from(secret.slice(0, 6), 'base64url').toString('hex').slice(0, 8).toUpperCase()}`;

/** The token with this value, unless it was revoked or has expired. */
export const findApiToken = (state: SandboxState, value: string): ApiToken | null =>
  state.ended.how(value) === null ? (apiTokens(state).find(({ token }) => token === value) ?? null) : null;
