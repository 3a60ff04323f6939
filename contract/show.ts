import type { ConnectionId, McpConsentId } from './ids.ts';
import type { Section } from './sections.ts';

/** What the tray or a notification asks the window to show. */
export type ShowTarget =
  | { view: 'connection'; connection: ConnectionId }
  | { view: 'connect'; reconnect: ConnectionId | null }
  | { view: 'consent'; consent: McpConsentId }
  | { view: 'keys' }
  | { view: Section };
