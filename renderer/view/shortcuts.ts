import { SECTIONS } from '../../contract/sections.ts';

/** Commands with a shortcut that works wherever the focus is. The list itself handles moving within it. */
export type NamedCommand =
  | 'palette'
  | 'connect'
  | 'search'
  | 'make-active'
  | 'rename'
  | 'copy-token'
  | 'refresh'
  | 'test'
  | 'write-exports'
  | 'remove'
  | 'undo'
  | 'settings'
  | 'held'
  | 'notice'
  | 'back'
  | 'keys'
  | 'hide';
/** `section`: its number in the sidebar. */
export type Command = NamedCommand | { section: number };

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
  /** Where the character is on the keyboard decides whether it needs Shift. */
  anyShift?: true;
  alt?: true;
  /** In a browser too. */
  everywhere?: true;
  /** A text field gets this key even with Ctrl. */
  notInField?: true;
}

const BINDINGS: readonly Binding[] = [
  { command: 'palette', key: 'k', ctrl: true, everywhere: true },
  { command: 'connect', key: 'n', ctrl: true },
  { command: 'search', key: 'f', ctrl: true },
  { command: 'search', key: '/', anyShift: true, everywhere: true },
  { command: 'make-active', key: 'Enter', ctrl: true, everywhere: true, notInField: true },
  { command: 'rename', key: 'F2', everywhere: true },
  { command: 'copy-token', key: 'c', ctrl: true, shift: true },
  { command: 'refresh', key: 'r', ctrl: true },
  { command: 'test', key: 't', ctrl: true },
  { command: 'write-exports', key: 'e', ctrl: true },
  { command: 'remove', key: 'Delete', everywhere: true },
  { command: 'undo', key: 'z', ctrl: true, everywhere: true, notInField: true },
  { command: 'settings', key: ',', ctrl: true, everywhere: true },
  { command: 'held', key: 'F6', everywhere: true },
  { command: 'notice', key: 'F8', everywhere: true },
  // Browsers have a key of their own for it.
  { command: 'back', key: 'ArrowLeft', alt: true },
  { command: 'keys', key: '?', anyShift: true, everywhere: true },
  { command: 'hide', key: 'w', ctrl: true },
  ...SECTIONS.map((_, index): Binding => ({
    command: { section: index + 1 },
    key: String(index + 1),
    ctrl: true,
  })),
];

const worksIn = ({ everywhere }: Binding, { host }: KeyPlace): boolean =>
  everywhere === true || host === 'electron';

/** The command for a key press; null if there is none here. */
export function commandOf(press: KeyPress, context: KeyContext): Command | null {
  const { mac, inField } = context;
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  if (mac ? press.ctrlKey : press.metaKey) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const found = BINDINGS.find(
    (binding) =>
      binding.key === key &&
      (binding.ctrl === true) === ctrl &&
      (binding.alt === true) === press.altKey &&
      (binding.anyShift === true || (binding.shift === true) === press.shiftKey) &&
      worksIn(binding, context) &&
      !(inField && (binding.ctrl !== true || binding.notInField === true)),
  );
  return found?.command ?? null;
}

const MAC_NAMES: Readonly<Record<string, string>> = { Enter: '↩', Delete: '⌦', ArrowLeft: '←' };

function written({ key, ctrl, shift, alt }: Binding, mac: boolean): string {
  const name = key.length === 1 ? key.toUpperCase() : key;
  const has = (modifier: true | undefined, word: string): string[] => (modifier === true ? [word] : []);
  if (mac) return [...has(alt, '⌥'), ...has(shift, '⇧'), ...has(ctrl, '⌘'), MAC_NAMES[name] ?? name].join('');
  return [
    ...has(ctrl, 'Ctrl'),
    ...has(alt, 'Alt'),
    ...has(shift, 'Shift'),
    name === 'ArrowLeft' ? '←' : name,
  ].join('+');
}

/** How the shortcut of a command is displayed here; undefined if it has none. */
export function keysOf(command: NamedCommand, place: KeyPlace): string | undefined {
  const binding = BINDINGS.find((item) => item.command === command && worksIn(item, place));
  return binding === undefined ? undefined : written(binding, place.mac);
}
