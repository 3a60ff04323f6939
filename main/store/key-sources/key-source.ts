import path from 'node:path';
import type { Result } from '../../lib/result.ts';
import { fail, ok } from '../../lib/result.ts';
import { commandOutput } from './command-output.ts';
import { commandWords } from './command-words.ts';
import { keyFromBytes } from './key-text.ts';
import { readSecretFile } from './secret-file.ts';

/** Where a server's operator keeps the store's key, instead of in a keychain. */
export interface KeySource {
  /** As it may be shown and stored: a command without its arguments. */
  readonly name: string;
  /** 32 bytes. `salt` is the store's own, for a key that is given as text. Fails with `keychain-missing`. */
  read(salt: string): Promise<Result<Uint8Array>>;
}

export type KeySourceEnvironment = Readonly<Record<string, string | undefined>>;

const FORMS = 'file:/PATH, systemd-credential:NAME or command:PROGRAM ARGUMENTS';

/** `null` is the keychain. Fails with `usage`; the message repeats nothing that was given. */
export function parseKeySource(text: string, env: KeySourceEnvironment): Result<KeySource | null> {
  const trimmed = text.trim();
  if (trimmed === 'keychain') return ok(null);
  const colon = trimmed.indexOf(':');
  const rest = trimmed.slice(colon + 1).trim();
  switch (colon < 0 ? '' : trimmed.slice(0, colon)) {
    case 'file':
      return path.isAbsolute(rest)
        ? ok(fileSource(`file:${rest}`, rest))
        : fail(
            'usage',
            'The key source “file:” needs a full path.',
            'For example: file:/run/secrets/tokentray',
          );
    case 'systemd-credential':
      return systemdSource(rest, env);
    case 'command':
      return commandSource(rest, env);
    default:
      return fail('usage', 'This key source is not known.', `Use ${FORMS}, or keychain.`);
  }
}

const fileSource = (name: string, file: string): KeySource => ({
  name,
  read: async (salt) => {
    const bytes = await readSecretFile(file);
    return bytes.ok ? keyFromBytes(bytes.value, name, salt) : bytes;
  },
});

/** https://systemd.io/CREDENTIALS: one file per credential, in a folder that only the service can read. */
function systemdSource(credential: string, env: KeySourceEnvironment): Result<KeySource> {
  if (!/^[\w.@-]+$/.test(credential) || /^\.+$/.test(credential)) {
    return fail(
      'usage',
      'The key source “systemd-credential:” needs the name of a credential.',
      'Use the name that LoadCredential= or LoadCredentialEncrypted= gives it in the unit.',
    );
  }
  const name = `systemd-credential:${credential}`;
  const folder = env['CREDENTIALS_DIRECTORY'];
  if (folder !== undefined && path.isAbsolute(folder))
    return ok(fileSource(name, path.join(folder, credential)));
  const missing = fail(
    'keychain-missing',
    `The key should come from ${name}, but systemd passed no credentials to this process.`,
    `Add LoadCredential=${credential}:/PATH to the unit, and start Tokentray through systemd.`,
  );
  return ok({ name, read: () => Promise.resolve(missing) });
}

function commandSource(text: string, env: KeySourceEnvironment): Result<KeySource> {
  const words = commandWords(text);
  if (!words.ok) return words;
  const [program, ...args] = words.value;
  const name = `command:${path.basename(program)}`;
  return ok({
    name,
    read: async (salt) => {
      const output = await commandOutput({ program, args, env });
      return output.ok ? keyFromBytes(output.value, name, salt) : output;
    },
  });
}
