import type { ConnectionId, McpConsentId } from './ids.ts';

/** What the tray or a notification asks the window to show. */
export type ShowTarget =
  | { view: 'connection'; connection: ConnectionId }
  | { view: 'connect'; reconnect: ConnectionId | null }
  | { view: 'consent'; consent: McpConsentId }
  | { view: 'connections' | 'exports' | 'gateway' | 'settings' };
