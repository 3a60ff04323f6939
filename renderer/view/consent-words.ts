import type { McpConsentView } from '../../contract/mcp.ts';

/** How much of the name is proven. */
export function proofWords({ clientHost, unproven }: McpConsentView): string {
  if (unproven)
    return 'Name unproven: the consent goes to a program on this machine, and any program could use this name. Allow it only if you have just started signing in there.';
  return clientHost === null
    ? 'It registered itself under this name; only where the consent is sent is certain.'
    : `It is the client that ${clientHost} describes.`;
}
