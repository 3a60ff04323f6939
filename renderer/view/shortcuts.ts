/** What a key asks for, wherever the focus is. Moving in the list belongs to the list. */
export type Command =
  | 'connect'
  | 'search'
  | 'make-active'
  | 'rename'
  | 'copy-token'
  | 'refresh'
  | 'test'
  | 'write-exports'
  | 'remove'
  | 'settings'
  | { section: number };

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

export interface KeyContext {
  host: 'electron' | 'browser';
  mac: boolean;
  /** The focus is in a text field or a select: plain keys belong to it. */
  inField: boolean;
}

const WITH_CTRL: Readonly<Record<string, Command>> = {
  n: 'connect',
  f: 'search',
  r: 'refresh',
  t: 'test',
  e: 'write-exports',
};

/** The command of a key press; null when it has none here. Browsers keep most Ctrl keys for themselves. */
export function commandOf(press: KeyPress, { host, mac, inField }: KeyContext): Command | null {
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  if (press.altKey || (mac ? press.ctrlKey : press.metaKey)) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (!ctrl) {
    if (inField || press.shiftKey) return null;
    if (key === '/') return 'search';
    if (key === 'F2') return 'rename';
    if (key === 'Delete') return 'remove';
    return null;
  }
  if (key === ',') return 'settings';
  if (key === 'Enter') return inField ? null : 'make-active';
  if (host === 'browser') return null;
  if (press.shiftKey) return key === 'c' ? 'copy-token' : null;
  if (/^[1-6]$/.test(key)) return { section: Number(key) };
  return WITH_CTRL[key] ?? null;
}
