import { SECTIONS } from '../../contract/sections.ts';
import { keysOf, type KeyPlace, type NamedCommand } from './shortcuts.ts';

/** Keys that have to do with the same thing. */
export interface KeyColumn {
  title: string;
  rows: readonly (readonly [keys: string, does: string])[];
}

type Group = 'everywhere' | 'list' | 'connection';

/** What each command does, and with which others it is listed; in the order of the list. */
const COMMANDS: Readonly<Record<NamedCommand, readonly [Group, string]>> = {
  palette: ['everywhere', 'Find anything'],
  search: ['everywhere', 'Search'],
  connect: ['everywhere', 'Connect account'],
  settings: ['everywhere', 'Settings'],
  'write-exports': ['everywhere', 'Write env files'],
  undo: ['everywhere', 'Undo'],
  notice: ['everywhere', 'The last message'],
  held: ['everywhere', 'Requests that wait for you'],
  back: ['everywhere', 'Back'],
  hide: ['everywhere', 'Hide the window'],
  keys: ['everywhere', 'These keys'],
  'copy-token': ['connection', 'Copy token'],
  'make-active': ['connection', 'Make active'],
  refresh: ['connection', 'Refresh now'],
  test: ['connection', 'Test'],
  rename: ['connection', 'Rename'],
  remove: ['connection', 'Remove'],
};

/** What lists and menus do with keys by themselves. */
const fixed = ({ host, mac }: KeyPlace): readonly (readonly [Group, keys: string, does: string])[] => {
  const last = SECTIONS.length;
  const sections = mac ? `⌘1 … ⌘${last}` : `Ctrl+1 … Ctrl+${last}`;
  return [
    ...(host === 'electron' ? ([['everywhere', sections, 'Go to a section']] as const) : []),
    ['everywhere', 'Esc', 'Close what is open'],
    ['list', '↑ ↓', 'Move'],
    ['list', 'Home End', 'First, last'],
    ['list', mac ? '↩' : 'Enter', 'Open'],
    ['list', mac ? '⇧↑ ⇧↓' : 'Shift+↑ Shift+↓', 'Select several'],
    ['list', mac ? '⌘A' : 'Ctrl+A', 'Select all'],
    ['list', 'Shift+F10', 'Menu'],
    ['connection', '← →', 'Next tab'],
  ];
};

const TITLES: readonly (readonly [Group, string])[] = [
  ['everywhere', 'Everywhere'],
  ['list', 'In a list'],
  ['connection', 'On a connection'],
];

/** Every key that works here. */
export function keyColumns(place: KeyPlace): readonly KeyColumn[] {
  const commands = Object.entries(COMMANDS) as [NamedCommand, readonly [Group, string]][];
  return TITLES.map(([group, title]) => ({
    title,
    rows: [
      ...commands.flatMap(([command, [of, does]]) => {
        const keys = of === group ? keysOf(command, place) : undefined;
        return keys === undefined ? [] : [[keys, does] as const];
      }),
      ...fixed(place).flatMap(([of, keys, does]) => (of === group ? [[keys, does] as const] : [])),
    ],
  }));
}
