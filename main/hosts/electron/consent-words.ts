import { clientTitle } from '../../../contract/consent-title.ts';
import type { McpConsentView } from '../../../contract/mcp.ts';

/** Who wants to sign in; at least one client. */
export function consentSentence(consents: readonly McpConsentView[]): string {
  const [first, ...others] = consents;
  return first !== undefined && others.length === 0
    ? `“${clientTitle(first)}” wants to sign in`
    : `${consents.length} programs want to sign in`;
}
