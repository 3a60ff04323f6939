import { assertNever, fail, type Result } from '../lib/result.ts';
import { redact } from '../lib/redact.ts';
import type { KeychainRefusal } from './keychain.ts';

type Failed = Result<never> & { ok: false };

const START: Readonly<Record<string, string>> = {
  linux: 'Install and start a Secret Service such as gnome-keyring, KWallet or KeePassXC',
  darwin: 'Open Keychain Access and check that you have a login keychain',
  win32: 'Start Tokentray in a signed-in desktop session',
};

/** What a refusal means to the person. `platform` as in `process.platform`. */
export function keychainFailure({ kind, reason }: KeychainRefusal, platform: string): Failed {
  const said = `(${redact(reason)})`;
  switch (kind) {
    case 'locked':
      return fail(
        'keychain-locked',
        `Your keychain is locked, so tokens cannot be read ${said}.`,
        'Unlock your keychain and try again.',
      );
    case 'denied':
      return fail(
        'keychain-locked',
        `Your keychain denied access to Tokentray ${said}.`,
        'Allow Tokentray to use its “Tokentray” item when the keychain asks, and try again.',
      );
    case 'missing':
      return fail(
        'keychain-missing',
        `No keychain answers on this system, and tokens are never stored without one ${said}.`,
        `${START[platform] ?? 'Start a keychain service'}, or run “tokentray stop” and “tokentray serve --session-only”, which keeps tokens in memory until it stops. For a server, see “Servers without a keychain” in the guide.`,
      );
    case 'timed-out':
      return fail(
        'keychain-timeout',
        `Your keychain has not answered ${said}.`,
        'Check whether it is asking for your password in another window; Tokentray continues when it answers.',
      );
    case 'failed':
      return fail(
        'keychain-missing',
        `Your keychain failed ${said}.`,
        `${START[platform] ?? 'Start a keychain service'}, and try again.`,
      );
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
export const keyElsewhere = (account: string, reason: string): Failed =>
  fail(
    'keychain-missing',
    `The keychain that answers does not have the key (item “Tokentray”, ${account}), and another one cannot be reached (${redact(reason)}).`,
    'Run a command such as “tokentray status” in a terminal on your desktop: Tokentray then uses the keychain of that session.',
  );

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
