import { BusError } from '../lib/session-bus.ts';
import type { KeychainRefusal } from './keychain.ts';

/**
 * What the systems' messages mean: the bus's and the Secret Service's names and texts on Linux (tried with gnome-keyring);
 * keytar passes on only the text of `SecCopyErrorMessageString` on macOS and of `FormatMessage` on Windows.
 */
const MEANINGS: readonly [RegExp, KeychainRefusal['kind']][] = [
  [/locked collection|is locked|Error\.IsLocked/i, 'locked'],
  // There is no default keyring, and the user could not be asked for a password to create one.
  [/Object does not exist at path|Error\.NoSuchObject/i, 'locked'],
  // errSecInteractionNotAllowed: locked, and the user could not be asked, for example over SSH.
  [/interaction is not allowed/i, 'locked'],
  [/time-?out was reached|timed out|did not receive a reply|NoReply/i, 'timed-out'],
  [/could not connect|connection refused/i, 'missing'],
  [/not provided by any \.service files|ServiceUnknown|NameHasNoOwner|name has no owner/i, 'missing'],
  [/Spawn\.|exited with status|failed to execute program|process org\.freedesktop\.secrets/i, 'missing'],
  [/failed to load keytar/i, 'missing'],
  [/no keychain is available|default keychain could not be found|logon session does not exist/i, 'missing'],
  [
    /dismissed|cancell?ed|AccessDenied|not authorized|passphrase you entered is not correct|access is denied/i,
    'denied',
  ],
];

/** Classifies an error that the keychain gave instead of an item. */
export function keychainRefusal(fault: unknown): KeychainRefusal {
  const reason = fault instanceof Error ? fault.message : String(fault);
  const name = fault instanceof BusError ? fault.errorName : '';
  const meaning = MEANINGS.find(([pattern]) => pattern.test(`${name} ${reason}`));
  return { kind: meaning?.[1] ?? 'failed', reason };
}
