import type { ErrorCode } from '../../contract/vocabulary.ts';
import { assertNever, fail, type Result } from '../lib/result.ts';
import { redact } from '../lib/redact.ts';
import type { KeychainRefusal } from './keychain.ts';
import type { KeychainAdvice, KeychainPlace } from './keychain-place.ts';

type Failed = Result<never> & { ok: false };

/** How a keychain gets there. */
const INSTALL: Readonly<Record<Exclude<KeychainPlace, 'no-desktop'>, string>> = {
  gnome: 'Install gnome-keyring with your package manager, then log out and in again.',
  kde: 'Turn on “Enable the KDE wallet subsystem” in System Settings, KDE Wallet (package kwallet, whose service is ksecretd), then log out and in again.',
  'other-desktop':
    'Install and start a keychain that offers the Secret Service: gnome-keyring, KWallet (ksecretd) or KeePassXC.',
  darwin: 'Open Keychain Access and check that you have a login keychain.',
  win32: 'Start Tokentray in a signed-in desktop session.',
};

/** How a locked one is opened. */
const UNLOCK: Readonly<Record<KeychainPlace, string>> = {
  gnome: 'Unlock the keyring “Login” in Passwords and Keys (seahorse), or log out and in again.',
  kde: 'Open the wallet in KWalletManager, or log out and in again.',
  'other-desktop': 'Unlock your keychain (its own app does that), or log out and in again.',
  'no-desktop':
    'Unlock it where it runs, such as by logging in to the desktop. On a server, keep the key elsewhere (see “Servers without a keychain” in the guide).',
  darwin: 'Unlock the keychain “login” in Keychain Access.',
  win32: 'Sign in to Windows, and try again.',
};

const install = ({ place, start }: KeychainAdvice): string =>
  place === 'no-desktop'
    ? `There is no desktop session here. On your own desktop, run “tokentray status” in a terminal there: Tokentray then uses the keychain of that session. On a server, keep the key elsewhere: run “tokentray stop”, then “${start} --key-source=file:/PATH” (see “Servers without a keychain” in the guide).`
    : INSTALL[place];

/** What a refusal means to the person, and what to do about it there. What the system said is the detail. */
export function keychainFailure({ kind, reason }: KeychainRefusal, advice: KeychainAdvice): Failed {
  const detail = redact(reason);
  const failed = (code: ErrorCode, message: string, hint: string): Failed => ({
    ok: false,
    error: { code, message, hint, detail },
  });
  switch (kind) {
    case 'locked':
      return failed(
        'keychain-locked',
        'Your keychain is locked, so tokens cannot be read.',
        `${UNLOCK[advice.place]} Tokentray then continues by itself.`,
      );
    case 'denied':
      return failed(
        'keychain-locked',
        'Your keychain denied access to Tokentray.',
        'Allow Tokentray to use its “Tokentray” item when the keychain asks, and try again.',
      );
    case 'missing':
      return failed(
        'keychain-missing',
        'There is no keychain here, and tokens are never stored without one.',
        `${install(advice)} To go on without one, run “tokentray stop” and “${advice.start} --session-only”, which keeps tokens in memory until it stops.`,
      );
    case 'timed-out':
      return failed(
        'keychain-timeout',
        'Your keychain has not answered.',
        'Check whether it is asking for your password in another window; Tokentray continues when it answers.',
      );
    case 'failed':
      return failed('keychain-missing', 'Your keychain failed.', `${install(advice)} Then try again.`);
    default:
      return assertNever(kind);
  }
}

/** The store holds secrets, but their key is not in the keychain. Nothing is overwritten. */
export const keyLost = (account: string, file: string): Failed =>
  fail(
    'keychain-key-lost',
    `The key that your tokens are encrypted under is no longer in this keychain (item “Tokentray”, ${account}).`,
    `Restore the item from a backup of your keychain, or remove the connections and OAuth clients that need it and connect again. The store ${file} was left as it is.`,
  );

/** The keychain that answers does not have the key, but not every keychain could be asked. */
export const keyElsewhere = (account: string, reason: string): Failed => ({
  ok: false,
  error: {
    code: 'keychain-missing',
    message: `The keychain that answers does not have the key (item “Tokentray”, ${account}), and another one cannot be reached.`,
    hint: 'Run a command such as “tokentray status” in a terminal on your desktop: Tokentray then uses the keychain of that session.',
    detail: redact(reason),
  },
});

/** There is an item, but it is not the key of this store. */
export const keyForeign = (account: string, file: string): Failed =>
  fail(
    'keychain-key-lost',
    `The item “Tokentray” (${account}) in your keychain is not the key that your tokens are encrypted under.`,
    `Restore the item from a backup of your keychain. Neither it nor the store ${file} was changed.`,
  );

/** The key comes from another place than the keychain, and is not the one that was used before. */
export const sourceForeign = (source: string, file: string): Failed =>
  fail(
    'keychain-key-lost',
    `The key from ${source} is not the key that your tokens are encrypted under.`,
    `Put the earlier key back there. The store ${file} was left as it is.`,
  );

export const sourceSlow = (source: string, reason: string): Failed =>
  fail(
    'keychain-timeout',
    `The key has not come from ${source} (${reason}).`,
    'Tokentray continues when it does.',
  );

/** The keychain was asked, but the store's key is kept elsewhere. */
export const sourceMissing = (source: string): Failed =>
  fail(
    'keychain-key-lost',
    `Your tokens are encrypted under a key from ${source}, and Tokentray was started without that key source.`,
    'Run “tokentray stop”, and start Tokentray with the option --key-source or the variable TOKENTRAY_KEY_SOURCE as before.',
  );
