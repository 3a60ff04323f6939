import type { ConnectionView } from '../../../contract/connection.ts';
import type { ExportView } from '../../../contract/export.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { needsPerson } from '../../../contract/remedy.ts';
import { SECTIONS } from '../../../contract/sections.ts';
import { DETAIL_TABS, type AppState } from '../../store/state.ts';
import { accountLabel, siteLabel } from '../../view/connection-rows.ts';
import type { PaletteItem } from '../../view/palette-search.ts';
import { keysOf, type KeyPlace, type NamedCommand } from '../../view/shortcuts.ts';
import { TAB_WORDS } from '../connections/tab-words.ts';
import { connectionMenu } from '../connections/use-connection-menu.ts';
import { consumerRow, exportRow, leadRow, selectedTab } from '../shell/places.ts';

/** An entry of the palette. */
export interface PaletteEntry extends PaletteItem {
  keys?: string | undefined;
  danger?: boolean;
  /** What is done most with a connection. */
  first?: boolean;
  /** Its state is shown, and it has actions of its own. */
  connection?: ConnectionView;
  file?: ExportView;
  run: () => void;
  /** What gets the focus afterwards, once it is there. */
  focus?: () => Element | null | undefined;
}

type State = () => AppState;

/** A menu's words with the connection that they are about. */
function about(label: string, name: string): string {
  const [words, more] = label.endsWith('…') ? [label.slice(0, -1), '…'] : [label, ''];
  if (words === 'Make active') return `Make ${name} active`;
  return /^(Copy|Change|Show) /.test(words) ? `${words} of ${name}${more}` : `${words} ${name}${more}`;
}

const FIRST = /^(Copy token|Make active|Refresh|Reconnect|Replace)/;

/** Everything that can be done with a connection. `named`: the words say with which. */
export function actionsOf(
  connection: ConnectionView,
  state: State,
  place: KeyPlace,
  named: boolean,
): PaletteEntry[] {
  const { id, name } = connection;
  const entry = (label: string, run: () => void, rest: Partial<PaletteEntry> = {}): PaletteEntry => ({
    id: `${label} ${id}`,
    group: 'Actions',
    label: named ? about(label, name) : label,
    run,
    ...rest,
  });
  const menu = connectionMenu(connection, state, place, true)
    .flat()
    // Not about this one alone.
    .filter(({ label }) => !label.startsWith('Resume all'));
  const [removing, rest] = [
    menu.filter(({ danger }) => danger),
    menu.filter(({ danger }) => danger !== true),
  ];
  return [
    ...rest.map(({ label, keys, run }) => entry(label, run, { keys, first: FIRST.test(label) })),
    entry('Add env file for…', () => {
      state().openDialog({ kind: 'add-export', connection: id });
    }),
    ...DETAIL_TABS.map((tab) =>
      entry(
        `Show ${TAB_WORDS[tab]}`,
        () => {
          show(state, id);
          state().showTab(tab);
        },
        { focus: selectedTab },
      ),
    ),
    ...removing.map(({ label, keys, run }) => entry(label, run, { keys, danger: true })),
  ];
}

function show(state: State, id: ConnectionId): void {
  state().show('connections');
  state().openDetail(id);
}

function connectionEntry(connection: ConnectionView, state: State): PaletteEntry {
  const { id, name } = connection;
  return {
    id,
    group: 'Connections',
    label: name,
    detail: `${siteLabel(connection)} ${accountLabel(connection.account)}`,
    connection,
    run: () => {
      show(state, id);
    },
    focus: () => document.getElementById('detail-title'),
  };
}

/** The selected one and what needs the person first, then the active ones. */
export function connectionEntries(connections: Iterable<ConnectionView>, state: State): PaletteEntry[] {
  const selected = state().selectedId;
  const order = (connection: ConnectionView): number =>
    connection.id === selected ? 0 : needsPerson(connection.status) ? 1 : connection.active ? 2 : 3;
  return [...connections]
    .map((connection) => ({ connection, order: order(connection) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ connection }) => connectionEntry(connection, state));
}

const SETTINGS = [
  'General',
  'Security',
  'Gateway',
  'Hooks',
  'Import',
  'Backup',
  'Network',
  'Keyboard',
  'Problems',
  'About',
];
const DESKTOP_SETTINGS = ['Notifications', 'Updates'];

/** What is about no connection in particular. */
export function generalActions(state: State, place: KeyPlace): PaletteEntry[] {
  const { undos, settings, status, show: showSection, openDialog } = state();
  const action = (label: string, run: () => void, rest: Partial<PaletteEntry> = {}): PaletteEntry => ({
    id: label,
    group: 'Actions',
    label,
    run,
    ...rest,
  });
  const command = (label: string, of: NamedCommand, run: () => void): PaletteEntry =>
    action(label, run, { keys: keysOf(of, place) });
  const dialog = (label: string, opens: Parameters<AppState['openDialog']>[0]): PaletteEntry =>
    action(label, () => {
      openDialog(opens);
    });
  const last = undos.at(-1);
  const keychain = status?.keychain.state;
  const pages = [...SETTINGS, ...(place.host === 'electron' ? DESKTOP_SETTINGS : [])];
  return [
    ...(last === undefined ? [] : [command(`Undo: ${last.text}`, 'undo', () => void state().undo())]),
    command('Connect account…', 'connect', () => {
      state().openConnect();
    }),
    command('Write env files', 'write-exports', () => void state().writeExports()),
    dialog('Add env file…', { kind: 'add-export', connection: null }),
    ...SECTIONS.map(({ id, label }, index) =>
      action(
        `Go to ${label}`,
        () => {
          showSection(id);
        },
        {
          keys: place.host === 'electron' ? `${place.mac ? '⌘' : 'Ctrl+'}${index + 1}` : undefined,
          focus: () => (id === 'connections' ? leadRow() : document.querySelector('nav [aria-current]')),
        },
      ),
    ),
    ...(keychain === 'session-only' || keychain === undefined
      ? []
      : keychain === 'locked'
        ? [action('Unlock Tokentray', () => void state().setLocked(false))]
        : [action('Lock Tokentray', () => void state().setLocked(true))]),
    settings.refreshingPaused
      ? action('Resume all refreshing', () => void state().changeSettings({ refreshingPaused: false }))
      : action('Pause all refreshing', () => void state().changeSettings({ refreshingPaused: true })),
    dialog('Add gateway key…', { kind: 'add-key', connection: null }),
    dialog('Add key for another machine…', { kind: 'add-remote-key' }),
    dialog('Add provider…', { kind: 'add-provider', file: null }),
    dialog('Add preset…', { kind: 'add-preset', file: null }),
    dialog('Import from other programs…', { kind: 'import' }),
    dialog('Back up…', { kind: 'back-up' }),
    dialog('Restore a backup…', { kind: 'restore' }),
    ...pages.map((title) =>
      action(
        `Settings: ${title}`,
        () => {
          showSection('settings');
        },
        { focus: () => document.querySelector(`section[aria-label="${title}"] h2`) },
      ),
    ),
    ...(['system', 'light', 'dark'] as const)
      .filter((theme) => theme !== settings.theme)
      .map((theme) =>
        action(
          theme === 'system' ? 'Theme: same as system' : `Theme: ${theme}`,
          () => void state().changeSettings({ theme }),
        ),
      ),
    command('Show keys', 'keys', () => {
      openDialog({ kind: 'keys' });
    }),
  ];
}

/** Env files, those that could not be written first, and keys of the gateway. */
export function otherEntries(state: State): PaletteEntry[] {
  const { exports, gateway } = state();
  const isFailed = ({ status }: ExportView): boolean => status.state === 'failed';
  const files = [...exports.values()].toSorted((a, b) => Number(isFailed(b)) - Number(isFailed(a)));
  return [
    ...files.map((file): PaletteEntry => ({
      id: file.id,
      group: 'Env files',
      label: file.file,
      file,
      run: () => {
        state().show('exports');
      },
      focus: () => exportRow(file.id),
    })),
    ...gateway.consumers
      .filter(({ kind }) => kind !== 'run')
      .map((consumer): PaletteEntry => ({
        id: consumer.id,
        group: 'Gateway keys',
        label: consumer.name,
        run: () => {
          state().show('gateway');
        },
        focus: () => consumerRow(consumer.id),
      })),
  ];
}
