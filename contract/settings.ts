import { z } from 'zod';
import {
  CONNECTION_GROUPS,
  CONNECTION_SORTS,
  EXAMPLE_LANGUAGES,
  MOST_IDLE_MINUTES,
  PORT_RANGE,
} from './vocabulary.ts';

const Port = z.number().int().min(PORT_RANGE.min).max(PORT_RANGE.max);

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Seconds until a copied secret is cleared; 0 is never. */
  clipboardClearSeconds: z.union([z.literal(0), z.literal(30), z.literal(60), z.literal(120)]),
  /** Seconds for which a revealed token stays visible. */
  revealSeconds: z.union([z.literal(10), z.literal(30), z.literal(60)]),
  refreshingPaused: z.boolean(),
  /** The first-run welcome was completed or dismissed. */
  firstRunDone: z.boolean(),
  /** Desktop app: shows a notification when something needs the person. */
  notifications: z.boolean(),
  /** Port of the gateway, on loopback. */
  gatewayPort: Port,
  /** Port at which MCP clients sign in, on loopback. */
  mcpPort: Port,
  /** MCP clients may sign in. */
  mcpSignIn: z.boolean(),
  /** MCP clients may bring tokens of accounts that are not connected here. */
  mcpForeignTokens: z.boolean(),
  /** Locks when the screen is locked, and unlocks with it. */
  lockWithScreen: z.boolean(),
  /** Locks after so many minutes in which nobody used the machine; 0 is never. */
  lockAfterIdleMinutes: z.number().int().min(0).max(MOST_IDLE_MINUTES),
  /** Refreshing goes on while Tokentray is locked; the key then stays in memory. */
  refreshWhileLocked: z.boolean(),
  /** Order of the window's list of connections. */
  connectionSort: z.enum(CONNECTION_SORTS),
  connectionGroup: z.enum(CONNECTION_GROUPS),
  /** In which examples are shown. */
  exampleLanguage: z.enum(EXAMPLE_LANGUAGES),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  clipboardClearSeconds: 30,
  revealSeconds: 30,
  refreshingPaused: false,
  firstRunDone: false,
  notifications: true,
  gatewayPort: 7980,
  mcpPort: 7981,
  mcpSignIn: false,
  mcpForeignTokens: false,
  lockWithScreen: false,
  lockAfterIdleMinutes: 0,
  refreshWhileLocked: false,
  connectionSort: 'name',
  connectionGroup: 'account',
  exampleLanguage: 'shell',
};
