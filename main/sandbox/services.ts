import { noCredentials, type CredentialLists } from './credential-lists.ts';
import type { Reply, SandboxRequest, Stream } from './exchange.ts';
import { answerHome } from './home.ts';
import type { RefreshUse } from './refresh-uses.ts';
import type { SandboxState } from './sandbox-state.ts';
import type { EndpointKind, SandboxService } from './service.ts';
import { ATLASSIAN_CLOUD } from './services/atlassian-cloud.ts';
import { ATLASSIAN_MCP } from './services/atlassian-mcp.ts';
import { BAMBOO } from './services/bamboo-data-center.ts';
import { BITBUCKET_CLOUD } from './services/bitbucket-cloud.ts';
import { BITBUCKET } from './services/bitbucket-data-center.ts';
import { CONFLUENCE } from './services/confluence-data-center.ts';
import { JIRA } from './services/jira-data-center.ts';
import { OPENID } from './services/openid.ts';
import { OPSGENIE } from './services/opsgenie.ts';
import { STATUSPAGE } from './services/statuspage.ts';
import { TRELLO } from './services/trello.ts';

/** Every service that the sandbox plays; the first that a request belongs to answers it. */
const SERVICES: readonly SandboxService[] = [
  // Trello's clients are registered at Atlassian's authorization server, and so share its addresses.
  TRELLO,
  ATLASSIAN_CLOUD,
  ATLASSIAN_MCP,
  JIRA,
  CONFLUENCE,
  BITBUCKET,
  BAMBOO,
  BITBUCKET_CLOUD,
  STATUSPAGE,
  OPSGENIE,
  OPENID,
];

export interface Endpoint {
  kind: EndpointKind;
  answer: (use: RefreshUse | null) => Reply;
}

/** Who answers a request, and what kind of endpoint it is for. */
export function findEndpoint(state: SandboxState, request: SandboxRequest): Endpoint {
  for (const service of SERVICES) {
    const kind = service.kindOf(state, request);
    if (kind !== null) return { kind, answer: (use) => service.answer(state, request, use) };
  }
  return { kind: 'page', answer: () => answerHome(state, request, () => listCredentials(state)) };
}

/** Who answers a request with bodies that are no texts, or the refusal; null for other requests. */
export function findStream(state: SandboxState, request: SandboxRequest): Stream | Reply | null {
  for (const service of SERVICES) {
    const found = service.stream?.(state, request) ?? null;
    if (found !== null) return found;
  }
  return null;
}

/** The OAuth clients of the services besides Atlassian Cloud, whose list would issue a token. */
export const otherClients = (state: SandboxState): CredentialLists['oauthClients'] =>
  SERVICES.filter((service) => service !== ATLASSIAN_CLOUD).flatMap(
    (service) => service.credentials?.(state).oauthClients ?? [],
  );

/** What all services accept besides the sign-in of a person. */
export function listCredentials(state: SandboxState): CredentialLists {
  const lists = noCredentials();
  for (const service of SERVICES) {
    const own: Partial<Record<string, unknown[]>> = service.credentials?.(state) ?? {};
    // Each service knows the type of its own lists; together they are only lists by name.
    const all: Record<string, unknown[]> = lists as unknown as Record<string, unknown[]>;
    for (const [name, entries] of Object.entries(own)) all[name]?.push(...(entries ?? []));
  }
  return lists;
}

/** Paths at which the sandbox plays hosts of real services. */
export const HOSTS: Readonly<Record<string, string>> = Object.assign(
  {},
  ...SERVICES.map(({ hosts }) => hosts),
) as Record<string, string>;
