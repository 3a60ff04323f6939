import type { DoctorFinding, KeychainStatus } from '../../contract/status.ts';
import type { KeychainSessions } from '../store/keychain.ts';

const ORIGINS = {
  caller: 'from a command',
  environment: 'from the app’s environment',
  user: 'this user’s default',
} as const;

/**
 * Where the keychain was looked for, and whether the app was started outside of the person's session. Null where that
 * explains nothing. Pure.
 */
export function sessionBusFinding(
  tried: KeychainSessions['tried'],
  status: KeychainStatus,
): DoctorFinding | null {
  const check = 'session bus';
  const started = tried.some(({ origin }) => origin === 'environment');
  if (status.state === 'ready') {
    const found = tried.find(({ answer }) => answer === 'found');
    if (!found || found.origin === 'environment') return null;
    const why = started
      ? 'no keychain answers on the one that the app was started with'
      : 'the app was started without one';
    return {
      check,
      ok: true,
      message: `The keychain is on ${found.address}, ${ORIGINS[found.origin]}; ${why}.`,
    };
  }
  if (status.state !== 'unavailable' || !status.error.code.startsWith('keychain-')) return null;
  if (tried.length === 0) {
    return {
      check,
      ok: false,
      message:
        'Neither the app nor this command has a D-Bus session bus, which is needed to reach the keychain.',
      hint: 'Run a command such as “tokentray status” in a terminal on your desktop: the app then uses that session bus.',
    };
  }
  const list = tried.map(
    ({ address, origin, reason }) =>
      `${address} (${ORIGINS[origin]}): ${reason === '' ? 'no answer yet' : reason}`,
  );
  return {
    check,
    ok: false,
    message: `${started ? '' : 'The app was started without a session bus. '}Tokentray looked for the keychain on ${list.join('; ')}.`,
    hint: 'Run a command such as “tokentray status” in a terminal on your desktop: the app then uses that session bus.',
  };
}
