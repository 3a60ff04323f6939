import type { ConnectionView } from '../../../contract/connection.ts';
import { countProblems, needAttentionWords, notWrittenWords } from '../../../contract/problems.ts';
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

function needWords(all: readonly ConnectionView[], count: number, now: number): string {
  const first = all.find((connection) => needsPerson(connection.status));
  if (first === undefined) return '';
  return count === 1 ? needSentence(first, now) : needAttentionWords(count);
}

/** The worst current state. `now`: epoch ms. */
export function trayState(model: DesktopModel, now: number): TrayState {
  const { connections, exports, held, consents, settings, status } = model;
  const all = [...connections.values()];
  // Before all others: only these are over within minutes.
  if (held.length > 0) return attention(heldSentence(held));
  if (consents.length > 0) return attention(consentSentence(consents));
  if (status.keychain.state === 'locked') return { icon: 'paused', words: 'Locked' };
  if (status.keychain.state === 'unavailable') return attention('The keychain can’t be read');
  const problems = countProblems(all, exports.values());
  const needed = [
    needWords(all, problems.connections, now),
    problems.files === 0 ? '' : notWrittenWords(problems.files),
  ].filter((words) => words !== '');
  if (needed.length > 0) return attention(needed.join(' · '));
  if (settings.refreshingPaused) return { icon: 'paused', words: 'Refreshing is paused' };
  if (all.length === 0) return { icon: 'normal', words: 'No accounts connected' };
  if (all.every((connection) => connection.status.state === 'paused'))
    return { icon: 'paused', words: 'Every connection is paused' };
  const failing = all.flatMap(({ status }) => (status.state === 'offline' ? [status] : []));
  if (failing.some(({ answered }) => !answered)) return { icon: 'normal', words: 'Offline, retrying' };
  if (failing.length > 0) return { icon: 'normal', words: 'Retrying' };
  return { icon: 'normal', words: 'Connected' };
}
