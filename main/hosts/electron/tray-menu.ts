import type { ConnectionView } from '../../../contract/connection.ts';
import { pastedNoun } from '../../../contract/method-words.ts';
import { countProblems } from '../../../contract/problems.ts';
import { needsPerson } from '../../../contract/remedy.ts';
import { whereToFix } from './connection-words.ts';
import type { DesktopModel } from './desktop-model.ts';
import type { MenuForms } from './menu-forms.ts';
import { providerGroup } from './tray-connections.ts';
import { copyItems } from './tray-copy.ts';
import { trayHeader, worksWords } from './tray-header.ts';
import { LINE, type TrayItem } from './tray-item.ts';
import { cut, escaped, trayLabel } from './tray-label.ts';
import { consentItems, heldItems } from './tray-requests.ts';

const SHOWN_NEEDS = 5;
const LONGEST_PROVIDER = 30;
const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Only a sign-in leads to the browser. */
function renewing({ method }: ConnectionView): string {
  const noun = pastedNoun(method);
  return noun === null ? 'Reconnect' : `Replace ${noun} of`;
}

/** What waits for the person, each leading to where it is done. */
function needItems(all: readonly ConnectionView[]): TrayItem[] {
  const needy = all.filter(({ status }) => needsPerson(status));
  const items = needy.slice(0, SHOWN_NEEDS).map((connection): TrayItem => {
    const target = whereToFix(connection);
    return {
      kind: 'action',
      label: trayLabel(`${target.view === 'connect' ? renewing(connection) : 'Fix'} “${connection.name}”…`),
      command: { do: 'open', target },
    };
  });
  if (needy.length > SHOWN_NEEDS)
    items.push({
      kind: 'action',
      label: `Show all ${needy.length} that need attention…`,
      command: { do: 'open', target: { view: 'connections' } },
    });
  return items;
}

function exportItems(model: DesktopModel): TrayItem[] {
  if (model.exports.size === 0) return [];
  const { files } = countProblems([], model.exports.values());
  return [
    {
      kind: 'action',
      label: trayLabel(
        `Write env files (${model.exports.size})`,
        files === 0 ? '' : `⚠ ${files} not written`,
      ),
      keys: 'CommandOrControl+E',
      command: { do: 'write-exports' },
    },
  ];
}

/** With several providers in use the header speaks of all, so each heading says until when its active connection works. */
function providerHeading(connections: readonly ConnectionView[], alone: boolean, now: number): string {
  const name = connections[0]?.providerName ?? '';
  const active = connections.find((connection) => connection.active);
  return alone || active === undefined
    ? trayLabel(name)
    : escaped(`${cut(name, LONGEST_PROVIDER)} · ${worksWords(active, now)}`);
}

function appItems({ settings, status, updatesItself }: DesktopModel, platform: string): TrayItem[] {
  const { state } = status.keychain;
  const locked = state === 'locked';
  return [
    {
      kind: 'action',
      label: 'Connect account…',
      keys: 'CommandOrControl+N',
      command: { do: 'open', target: { view: 'connect', reconnect: null } },
    },
    { kind: 'action', label: 'Open Tokentray', command: { do: 'open', target: null } },
    {
      kind: 'action',
      label: 'Settings…',
      keys: 'CommandOrControl+,',
      command: { do: 'open', target: { view: 'settings' } },
    },
    {
      kind: 'checkbox',
      label: 'Pause refreshing',
      checked: settings.refreshingPaused,
      command: { do: 'pause', paused: !settings.refreshingPaused },
    },
    // A key that is nowhere else cannot be locked away.
    ...(state === 'session-only'
      ? []
      : [
          {
            kind: 'action',
            label: locked ? 'Unlock…' : 'Lock',
            command: { do: 'lock', locked: !locked },
          } satisfies TrayItem,
        ]),
    ...(updatesItself
      ? [
          {
            kind: 'action',
            label: 'Check for updates',
            command: { do: 'check-for-updates' },
          } satisfies TrayItem,
        ]
      : []),
    LINE,
    {
      kind: 'action',
      label: 'Quit Tokentray',
      // The window has no such key on Windows.
      ...(platform !== 'win32' && { keys: 'CommandOrControl+Q' }),
      command: { do: 'quit' },
    },
  ];
}

/** The complete menu. `now`: epoch ms. */
export function trayMenu(
  model: DesktopModel,
  now: number,
  { platform, forms }: { platform: string; forms: MenuForms },
): TrayItem[] {
  const all = [...model.connections.values()].sort((a, b) => collator.compare(a.name, b.name));
  const active = all.filter((connection) => connection.active);
  const locked = model.status.keychain.state === 'locked';
  const groups = [...Map.groupBy(all, ({ provider }) => provider).values()];
  const parts: TrayItem[][] = [
    [trayHeader(model, active, now, forms), ...needItems(all)],
    heldItems(model.held),
    consentItems(model.consents),
    // Nothing could be copied.
    locked ? [] : copyItems(active),
    ...groups.map((connections): TrayItem[] => [
      { kind: 'heading', label: providerHeading(connections, active.length < 2, now) },
      ...providerGroup(connections, now, forms),
    ]),
    [...(locked ? [] : exportItems(model)), ...appItems(model, platform)],
  ];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [LINE, ...part]));
}
