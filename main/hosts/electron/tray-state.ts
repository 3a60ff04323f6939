import { needsPerson } from '../../../contract/remedy.ts';
import { needSentence } from './connection-words.ts';
import { consentSentence } from './consent-words.ts';
import type { DesktopModel } from './desktop-model.ts';
import { heldSentence } from './held-words.ts';

export type TrayIcon = 'normal' | 'attention' | 'paused';

export interface TrayState {
  icon: TrayIcon;
  /** The same as text: some desktops drop the icon. */
  words: string;
}

const attention = (words: string): TrayState => ({ icon: 'attention', words });

/** The worst current state. `now`: epoch ms. */
export function trayState(
  { connections, exports, held, consents, settings, status }: DesktopModel,
  now: number,
): TrayState {
  const all = [...connections.values()];
  // Before all others: only these are over within minutes.
  if (held.length > 0) return attention(heldSentence(held));
  if (consents.length > 0) return attention(consentSentence(consents));
  if (status.keychain.state === 'locked') return { icon: 'paused', words: 'Locked' };
  if (status.keychain.state === 'unavailable') return attention('The keychain can’t be read');
  const [first, ...others] = all.filter((connection) => needsPerson(connection.status));
  if (first !== undefined)
    return attention(
      others.length === 0 ? needSentence(first, now) : `${others.length + 1} connections need attention`,
    );
  if ([...exports.values()].some((file) => file.status.state === 'failed'))
    return attention('Env file not written');
  if (settings.refreshingPaused) return { icon: 'paused', words: 'Refreshing is paused' };
  if (all.length === 0) return { icon: 'normal', words: 'No accounts connected' };
  if (all.every((connection) => connection.status.state === 'paused'))
    return { icon: 'paused', words: 'Every connection is paused' };
  const failing = all.flatMap(({ status }) => (status.state === 'offline' ? [status] : []));
  if (failing.some(({ answered }) => !answered)) return { icon: 'normal', words: 'Offline, retrying' };
  if (failing.length > 0) return { icon: 'normal', words: 'Retrying' };
  return { icon: 'normal', words: 'Connected' };
}
