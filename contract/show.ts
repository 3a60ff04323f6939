import type { ConnectionId } from './ids.ts';

/** What the tray or a notification asks the window to show. */
export type ShowTarget =
  | { view: 'connection'; connection: ConnectionId }
  | { view: 'connect'; reconnect: ConnectionId | null }
  | { view: 'connections' | 'exports' | 'gateway' | 'settings' };
