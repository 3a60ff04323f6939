import { expect, it } from 'vitest';
import { keychainRefusal } from '../../../main/store/keychain-refusal.ts';

it.each([
  ['Cannot create an item in a locked collection', 'locked'],
  ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'locked'],
  ['User interaction is not allowed.', 'locked'],
  ['Timeout was reached', 'timed-out'],
  ['Could not connect: No such file or directory', 'missing'],
  ['The name org.freedesktop.secrets was not provided by any .service files', 'missing'],
  ['Process org.freedesktop.secrets exited with status 1', 'missing'],
  ['Failed to load keytar native addon, checked ["../build/Release"] on prebuilds/linux-x64', 'missing'],
  ['A specified logon session does not exist. It may already have been terminated.', 'missing'],
  ['The prompt was dismissed', 'denied'],
  ['User canceled the operation.', 'denied'],
  ['Something new', 'failed'],
] as const)('%j means %s', (message, kind) => {
  expect(keychainRefusal(new Error(message))).toEqual({ kind, reason: message });
});
