import type { CredentialField } from '../../../contract/connection.ts';
import type { ConnectionId, HeldRequestId } from '../../../contract/ids.ts';
import type { ShowTarget } from '../../../contract/show.ts';
import type { GrantLasts } from '../../../contract/vocabulary.ts';

/** The command for a click in the tray menu. */
export type TrayCommand =
  | { do: 'open'; target: ShowTarget | null }
  | { do: 'use'; connection: ConnectionId }
  /** Null: the connection that is active at the time of the click. `api`: whose address. */
  | { do: 'copy'; connection: ConnectionId | null; field: CredentialField; api?: string }
  | { do: 'write-exports' }
  | { do: 'decide'; request: HeldRequestId; decision: 'approve' | 'deny'; lasts?: GrantLasts }
  | { do: 'pause'; paused: boolean }
  | { do: 'lock'; locked: boolean }
  | { do: 'check-for-updates' }
  | { do: 'quit' };

/** What an entry says. */
export interface TrayText {
  /** Ampersands are doubled. */
  label: string;
  /** A second, smaller line; never doubled, because no mnemonic is looked for in it. */
  sublabel?: string;
}

/** An entry. Two levels at most: some Linux desktops do not show a third. */
export type TrayItem =
  | { kind: 'separator' }
  | { kind: 'heading'; label: string }
  /** `keys`: the shortcut that does the same in the window, in Electron's words. */
  | (TrayText & { kind: 'action'; keys?: string; command: TrayCommand })
  | (TrayText & { kind: 'radio' | 'checkbox'; checked: boolean; command: TrayCommand })
  | { kind: 'submenu'; label: string; items: readonly TrayItem[] };

export const LINE: TrayItem = { kind: 'separator' };
