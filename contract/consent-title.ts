import type { McpConsentView } from './mcp.ts';

/** What to call a client that waits for consent; its name is its own claim. */
export const clientTitle = ({
  clientName,
  clientHost,
}: Pick<McpConsentView, 'clientName' | 'clientHost'>): string =>
  clientName ?? clientHost ?? 'A client without a name';
