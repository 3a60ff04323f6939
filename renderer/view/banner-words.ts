import type { Failure } from '../../contract/errors.ts';
import type { AppStatus } from '../../contract/status.ts';
import { NO_TRAY } from './tray-words.ts';

export interface BannerWords {
  tone: 'bad' | 'warn' | 'quiet';
  text: string;
  hint: string | null;
  /** A person can unlock the app here. */
  unlocks?: true;
}

export interface BannerInput {
  link: 'connecting' | 'live' | 'down' | 'refused';
  loadError: Failure | null;
  status: AppStatus | null;
}

const startCommand = (status: AppStatus | null): string =>
  status !== null && status.sandbox !== null ? 'tokentray serve --sandbox' : 'tokentray';

function secretsWords(status: AppStatus | null): BannerWords | null {
  if (status?.keychain.state === 'session-only') {
    return {
      tone: 'warn',
      text: 'Secrets are kept in memory only.',
      hint: 'They are lost when Tokentray quits.',
    };
  }
  if (status !== null && status.sandbox !== null) {
    return { tone: 'quiet', text: 'Sandbox', hint: 'A stand-in for Atlassian on this machine.' };
  }
  return null;
}

/** The most important message about the whole app; null if there is none. */
export function bannerWords({ link, loadError, status }: BannerInput): BannerWords | null {
  if (link === 'refused') {
    return {
      tone: 'bad',
      text: 'This page’s link has expired.',
      hint: 'Open a new one: run “tokentray” in a terminal.',
    };
  }
  if (link === 'down') {
    return {
      tone: 'bad',
      text: 'Tokentray isn’t running.',
      hint: `Trying to reconnect. If it was stopped, start it again with “${startCommand(status)}”. This page then reconnects, or a new one opens.`,
    };
  }
  if (loadError !== null) return { tone: 'bad', text: loadError.message, hint: loadError.hint ?? null };
  if (status?.database)
    return { tone: 'bad', text: status.database.message, hint: status.database.hint ?? null };
  if (status?.keychain.state === 'unavailable') {
    const { message, hint } = status.keychain.error;
    return { tone: 'bad', text: message, hint: hint ?? null };
  }
  if (status?.keychain.state === 'locked')
    return {
      tone: 'warn',
      text: 'Locked.',
      hint: status.keychain.refreshing
        ? 'No token is given to anybody. Refreshing goes on.'
        : 'No token is given to anybody, and nothing is refreshed.',
      unlocks: true,
    };
  const words = secretsWords(status);
  if (status?.desktop?.tray !== false) return words;
  return words === null
    ? { tone: 'quiet', text: NO_TRAY, hint: null }
    : { ...words, hint: `${words.hint ?? ''} ${NO_TRAY}` };
}
