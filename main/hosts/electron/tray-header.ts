import type { ConnectionView } from '../../../contract/connection.ts';
import { untilWords } from '../../../contract/validity-words.ts';
import { marksOf } from './connection-words.ts';
import type { DesktopModel } from './desktop-model.ts';
import type { MenuForms } from './menu-forms.ts';
import type { TrayItem, TrayText } from './tray-item.ts';
import { cut, escaped, trayLabel } from './tray-label.ts';
import { trayState } from './tray-state.ts';

const SHAPES = { normal: '●', attention: '⚠', paused: '‖' } as const;

/** Whether a connection works, and until when: `works until 11:57`, `○ offline · works until 11:57`. `now`: epoch ms. */
export function worksWords(connection: ConnectionView, now: number): string {
  const mark = marksOf(connection, now);
  // Its mark says when it expires.
  const until = connection.status.state === 'expiring' ? null : untilWords(connection, now);
  const works = until === null ? null : `works ${until}`;
  const other = mark !== '' ? null : connection.expiresAt !== null ? 'renewing' : 'works';
  return [mark, works ?? other].filter((part) => part !== null && part !== '').join(' · ');
}

function accountOf({ name, account: { email, name: person } }: ConnectionView): string {
  const account = email ?? person;
  return name.includes(account) ? '' : account;
}

const LONGEST_NAME = 24;
const LONGEST_ACCOUNT = 30;

function ofConnection(connection: ConnectionView, sandbox: string, now: number, forms: MenuForms): TrayText {
  const works = sandbox === '' ? worksWords(connection, now) : `${worksWords(connection, now)} · ${sandbox}`;
  const account = cut(accountOf(connection), LONGEST_ACCOUNT);
  const about = account === '' ? works : `${account} · ${works}`;
  if (forms.sublabels) return { label: trayLabel(connection.name), sublabel: about };
  return { label: escaped(`${cut(connection.name, LONGEST_NAME)} – ${about}`) };
}

/** The first entry: the one connection that is in use, else the state of all. It opens the window. `now`: epoch ms. */
export function trayHeader(
  model: DesktopModel,
  active: readonly ConnectionView[],
  now: number,
  forms: MenuForms,
): TrayItem {
  const [only, ...others] = active;
  const sandbox = model.status.sandbox === null ? '' : 'sandbox';
  const { state } = model.status.keychain;
  const urgent = model.held.length > 0 || model.consents.length > 0;
  const closed = state === 'locked' || state === 'unavailable';
  const { icon, words } = trayState(model, now);
  const text =
    only !== undefined && others.length === 0 && !urgent && !closed
      ? ofConnection(only, sandbox, now, forms)
      : { label: trayLabel(`${SHAPES[icon]} ${words}`, sandbox === '' ? '' : `(${sandbox})`) };
  return { kind: 'action', ...text, command: { do: 'open', target: null } };
}
