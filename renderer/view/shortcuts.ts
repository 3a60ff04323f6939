/** Commands with a shortcut that works wherever the focus is. The list itself handles moving within it. */
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
  | 'held'
  | 'hide'
  | { section: number };

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Where the window runs: browsers reserve most Ctrl shortcuts. */
export interface KeyPlace {
  host: 'electron' | 'browser';
  mac: boolean;
}

export interface KeyContext extends KeyPlace {
  /** The focus is in a text field or a select, which gets the keys without Ctrl. */
  inField: boolean;
}

interface Binding {
  command: Command;
  /** As `KeyboardEvent.key`, letters in lower case. */
  key: string;
  /** Ctrl, or ⌘ on a Mac. */
  ctrl?: true;
  shift?: true;
  /** In a browser too. */
  everywhere?: true;
  /** A text field gets this key even with Ctrl. */
  notInField?: true;
}

const BINDINGS: readonly Binding[] = [
  { command: 'connect', key: 'n', ctrl: true },
  { command: 'search', key: 'f', ctrl: true },
  { command: 'search', key: '/', everywhere: true },
  { command: 'make-active', key: 'Enter', ctrl: true, everywhere: true, notInField: true },
  { command: 'rename', key: 'F2', everywhere: true },
  { command: 'copy-token', key: 'c', ctrl: true, shift: true },
  { command: 'refresh', key: 'r', ctrl: true },
  { command: 'test', key: 't', ctrl: true },
  { command: 'write-exports', key: 'e', ctrl: true },
  { command: 'remove', key: 'Delete', everywhere: true },
  { command: 'settings', key: ',', ctrl: true, everywhere: true },
  { command: 'held', key: 'F6', everywhere: true },
  { command: 'hide', key: 'w', ctrl: true },
  ...[1, 2, 3, 4, 5, 6, 7].map((section): Binding => ({
    command: { section },
    key: String(section),
    ctrl: true,
  })),
];

const worksIn = ({ everywhere }: Binding, { host }: KeyPlace): boolean =>
  everywhere === true || host === 'electron';

/** The command for a key press; null if there is none here. */
export function commandOf(press: KeyPress, context: KeyContext): Command | null {
  const { mac, inField } = context;
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  if (press.altKey || (mac ? press.ctrlKey : press.metaKey)) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const found = BINDINGS.find(
    (binding) =>
      binding.key === key &&
      (binding.ctrl === true) === ctrl &&
      (binding.shift === true) === press.shiftKey &&
      worksIn(binding, context) &&
      !(inField && (binding.ctrl !== true || binding.notInField === true)),
  );
  return found?.command ?? null;
}

const MAC_NAMES: Readonly<Record<string, string>> = { Enter: '↩', Delete: '⌦' };

function written({ key, ctrl, shift }: Binding, mac: boolean): string {
  const name = key.length === 1 ? key.toUpperCase() : key;
  if (mac) return `${shift === true ? '⇧' : ''}${ctrl === true ? '⌘' : ''}${MAC_NAMES[name] ?? name}`;
  return [...(ctrl === true ? ['Ctrl'] : []), ...(shift === true ? ['Shift'] : []), name].join('+');
}

/** How the shortcut of a command is displayed here; undefined if it has none. */
export function keysOf(command: Exclude<Command, object>, place: KeyPlace): string | undefined {
  const binding = BINDINGS.find((item) => item.command === command && worksIn(item, place));
  return binding === undefined ? undefined : written(binding, place.mac);
}

/** Every shortcut that works here, with its description. */
export function keyList(place: KeyPlace): readonly (readonly [keys: string, does: string])[] {
  const rows: [string, string | undefined][] = [
    ['Connect account', keysOf('connect', place)],
    ['Search', keysOf('search', place)],
    ['Move in the list', '↑ ↓ Home End'],
    ['Select several', place.mac ? '⇧↑ ⇧↓ ⌘A' : 'Shift+↑ Shift+↓ Ctrl+A'],
    ['Open the connection', place.mac ? '↩' : 'Enter'],
    ['Connection menu', 'Shift+F10'],
    ['Make active', keysOf('make-active', place)],
    ['Rename', keysOf('rename', place)],
    ['Copy token', keysOf('copy-token', place)],
    ['Refresh now', keysOf('refresh', place)],
    ['Test', keysOf('test', place)],
    ['Write env files', keysOf('write-exports', place)],
    ['Remove', keysOf('remove', place)],
    ['Sections', place.host === 'electron' ? (place.mac ? '⌘1 … ⌘7' : 'Ctrl+1 … Ctrl+7') : undefined],
    ['Settings', keysOf('settings', place)],
    ['Requests that wait for you', keysOf('held', place)],
    ['Hide the window', keysOf('hide', place)],
    ['Close a dialog', 'Esc'],
  ];
  return rows.flatMap(([does, keys]) => (keys === undefined ? [] : [[keys, does] as const]));
}
