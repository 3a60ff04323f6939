import { clientTitle } from '../../../contract/consent-title.ts';
import type { ConnectionView, CredentialField } from '../../../contract/connection.ts';
import type { HeldRequestView } from '../../../contract/gateway.ts';
import type { ConnectionId, HeldRequestId } from '../../../contract/ids.ts';
import type { McpConsentView } from '../../../contract/mcp.ts';
import { pastedNoun } from '../../../contract/method-words.ts';
import { longerAnswers } from '../../../contract/program-words.ts';
import { needsPerson } from '../../../contract/remedy.ts';
import type { ShowTarget } from '../../../contract/show.ts';
import type { GrantLasts } from '../../../contract/vocabulary.ts';
import { marksOf, whereToFix } from './connection-words.ts';
import type { DesktopModel } from './desktop-model.ts';
import { heldFacts } from './held-words.ts';
import { trayState } from './tray-state.ts';

/** The command for a click in the tray menu. */
export type TrayCommand =
  | { do: 'open'; target: ShowTarget | null }
  | { do: 'use'; connection: ConnectionId }
  /** Null: the connection that is active at the time of the click. */
  | { do: 'copy'; connection: ConnectionId | null; field: CredentialField }
  | { do: 'write-exports' }
  | { do: 'decide'; request: HeldRequestId; decision: 'approve' | 'deny'; lasts?: GrantLasts }
  | { do: 'pause'; paused: boolean }
  | { do: 'check-for-updates' }
  | { do: 'quit' };

/** An entry. Two levels at most: some Linux desktops do not show a third. */
export type TrayItem =
  | { kind: 'separator' }
  | { kind: 'heading'; label: string }
  | { kind: 'action'; label: string; command: TrayCommand }
  | { kind: 'radio' | 'checkbox'; label: string; checked: boolean; command: TrayCommand }
  | { kind: 'submenu'; label: string; items: readonly TrayItem[] };

const LONGEST_LABEL = 50;
const SHOWN_PER_PROVIDER = 9;
const SHOWN_HELD = 5;
const SHOWN_CONSENTS = 5;
/** A native menu with hundreds of entries is unusable; the window has a search. */
const SHOWN_IN_MORE = 40;

const COPY_FIELDS: readonly (readonly [CredentialField, string])[] = [
  ['access_token', 'Access token'],
  ['authorization', 'Authorization header'],
  ['site_url', 'Site URL'],
  ['cloud_id', 'Cloud ID'],
];

const SHAPES = { normal: '●', attention: '⚠', paused: '‖' } as const;

/** Splits text into user-perceived characters. */
const segmenter = new Intl.Segmenter();
const lettersOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

function cut(text: string, length: number): string {
  const letters = lettersOf(text);
  if (letters.length <= length && text.length <= 2 * length) return text;
  let kept = '';
  for (const letter of letters.slice(0, Math.max(1, length - 1))) {
    // Some characters consist of hundreds of combining marks.
    if (kept.length + letter.length > 2 * length) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** A label of at most 50 characters; `end` is never cut off. A single `&` would underline the next letter. */
export function trayLabel(text: string, end = ''): string {
  const ending = end === '' ? '' : `  ${end}`;
  return (cut(text, LONGEST_LABEL - lettersOf(ending).length) + ending).replaceAll('&', '&&');
}

const nameOf = ({ name, account }: ConnectionView): string =>
  account.email === null || name.includes(account.email) ? name : `${name} (${account.email})`;

const use = (connection: ConnectionView): TrayCommand => ({ do: 'use', connection: connection.id });

/** The first nine by name; the active one is always among them. */
function firstNine(connections: readonly ConnectionView[]): [ConnectionView[], ConnectionView[]] {
  const first = connections.slice(0, SHOWN_PER_PROVIDER);
  const active = connections.find((connection) => connection.active);
  const shown =
    active === undefined || first.includes(active)
      ? first
      : [...first.slice(0, SHOWN_PER_PROVIDER - 1), active];
  return [shown, connections.filter((connection) => !shown.includes(connection))];
}

function providerGroup(connections: readonly ConnectionView[], now: number): TrayItem[] {
  const [shown, rest] = firstNine(connections);
  const items: TrayItem[] = shown.map((connection) => ({
    kind: 'radio',
    label: trayLabel(connection.name, marksOf(connection, now)),
    checked: connection.active,
    command: use(connection),
  }));
  if (rest.length > 0) {
    const more: TrayItem[] = rest.slice(0, SHOWN_IN_MORE).map((connection) => ({
      // Not radio items: Electron would check the first one of a group without a checked item.
      kind: 'action',
      label: trayLabel(connection.name, marksOf(connection, now)),
      command: use(connection),
    }));
    if (rest.length > SHOWN_IN_MORE) {
      more.push(
        { kind: 'separator' },
        {
          kind: 'action',
          label: 'All connections…',
          command: { do: 'open', target: { view: 'connections' } },
        },
      );
    }
    items.push({ kind: 'submenu', label: 'More connections…', items: more });
  }
  return items;
}

const copyItems = (connection: ConnectionId | null, { site }: ConnectionView): TrayItem[] =>
  COPY_FIELDS.filter(([field]) => site !== null || (field !== 'site_url' && field !== 'cloud_id')).map(
    ([field, label]) => ({ kind: 'action', label, command: { do: 'copy', connection, field } }),
  );

function copyMenus(active: readonly ConnectionView[]): TrayItem[] {
  return active.slice(0, SHOWN_PER_PROVIDER).map((connection) => ({
    kind: 'submenu',
    label: active.length === 1 ? 'Copy' : trayLabel(`Copy from “${connection.name}”`),
    // An outdated menu must not copy another account's token.
    items: copyItems(active.length === 1 ? null : connection.id, connection),
  }));
}

function header(model: DesktopModel, active: readonly ConnectionView[], now: number): TrayItem {
  const { icon, words } = trayState(model, now);
  const [only, ...others] = active;
  const sandbox = model.status.sandbox === null ? '' : '(sandbox)';
  const text = only !== undefined && others.length === 0 ? nameOf(only) : words;
  return {
    kind: 'action',
    label: trayLabel(`${SHAPES[icon]} ${text}`, sandbox),
    command: { do: 'open', target: null },
  };
}

/** Only a sign-in leads to the browser. */
function renewing({ method }: ConnectionView): string {
  const noun = pastedNoun(method);
  return noun === null ? 'Reconnect' : `Replace ${noun} of`;
}

/** An answer about a program may hold for longer than this once. */
function heldAnswers({ id, program }: HeldRequestView): TrayItem[] {
  const longer = program === undefined ? [] : longerAnswers(program, 'approve');
  return [
    { kind: 'action', label: 'Allow once', command: { do: 'decide', request: id, decision: 'approve' } },
    ...longer.map(({ label, lasts }): TrayItem => ({
      kind: 'action',
      label,
      command: { do: 'decide', request: id, decision: 'approve', lasts },
    })),
    {
      kind: 'action',
      label: program === undefined ? 'Refuse' : 'Deny',
      command: { do: 'decide', request: id, decision: 'deny' },
    },
  ];
}

/** Requests that wait for the person, oldest first; each says what it would do before it can be let through. */
function heldItems(held: readonly HeldRequestView[]): TrayItem[] {
  if (held.length === 0) return [];
  const items: TrayItem[] = held.slice(0, SHOWN_HELD).map((request) => {
    const { consumer, connection, summary } = request;
    return {
      kind: 'submenu',
      label: trayLabel(`⚠ ${consumer.name}: ${summary}`),
      items: [
        { kind: 'heading', label: trayLabel(`${consumer.name} asks “${connection.name}”`) },
        { kind: 'heading', label: trayLabel(summary) },
        ...heldFacts(request).map((fact): TrayItem => ({ kind: 'heading', label: trayLabel(fact) })),
        { kind: 'separator' },
        ...heldAnswers(request),
      ],
    };
  });
  const open: TrayCommand = { do: 'open', target: { view: 'gateway' } };
  return [
    ...items,
    {
      kind: 'action',
      label: held.length === 1 ? 'Show this request…' : `Show all ${held.length} requests…`,
      command: open,
    },
    { kind: 'separator' },
  ];
}

/** MCP clients that wait for consent, oldest first; the window shows what they ask for, so nothing is decided here. */
function consentItems(consents: readonly McpConsentView[]): TrayItem[] {
  if (consents.length === 0) return [];
  const items: TrayItem[] = consents.slice(0, SHOWN_CONSENTS).map((consent) => ({
    kind: 'action',
    label: trayLabel(`⚠ ${clientTitle(consent)} wants to sign in…`),
    command: { do: 'open', target: { view: 'consent', consent: consent.id } },
  }));
  if (consents.length > SHOWN_CONSENTS)
    items.push({
      kind: 'action',
      label: `Show all ${consents.length} programs…`,
      command: { do: 'open', target: { view: 'gateway' } },
    });
  return [...items, { kind: 'separator' }];
}

/** The complete menu. `now`: epoch ms. */
export function trayMenu(model: DesktopModel, now: number): TrayItem[] {
  const all = [...model.connections.values()].sort((a, b) => a.name.localeCompare(b.name));
  const active = all.filter((connection) => connection.active);
  const groups = Map.groupBy(all, ({ provider }) => provider);
  const line: TrayItem = { kind: 'separator' };
  const items: TrayItem[] = [
    header(model, active, now),
    line,
    ...heldItems(model.held),
    ...consentItems(model.consents),
  ];

  for (const connections of groups.values()) {
    const [first] = connections;
    if (first === undefined) continue;
    items.push({ kind: 'heading', label: trayLabel(first.providerName) });
    items.push(...providerGroup(connections, now), line);
  }

  items.push(...copyMenus(active));
  if (model.exports.size > 0)
    items.push({ kind: 'action', label: 'Update env files now', command: { do: 'write-exports' } });
  for (const connection of all.filter(({ status }) => needsPerson(status)).slice(0, SHOWN_PER_PROVIDER)) {
    const target = whereToFix(connection);
    items.push({
      kind: 'action',
      label: trayLabel(`${target.view === 'connect' ? renewing(connection) : 'Fix'} “${connection.name}”…`),
      command: { do: 'open', target },
    });
  }
  if (items.at(-1) !== line) items.push(line);

  items.push(
    {
      kind: 'action',
      label: 'Connect account…',
      command: { do: 'open', target: { view: 'connect', reconnect: null } },
    },
    { kind: 'action', label: 'Open Tokentray', command: { do: 'open', target: null } },
    {
      kind: 'checkbox',
      label: 'Pause refreshing',
      checked: model.settings.refreshingPaused,
      command: { do: 'pause', paused: !model.settings.refreshingPaused },
    },
    { kind: 'action', label: 'Settings…', command: { do: 'open', target: { view: 'settings' } } },
  );
  if (model.updatesItself)
    items.push({ kind: 'action', label: 'Check for updates', command: { do: 'check-for-updates' } });
  items.push(line, { kind: 'action', label: 'Quit Tokentray', command: { do: 'quit' } });
  return items;
}
