import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import { createSecureContext } from 'node:tls';
import { fail, ok, type Result } from '../lib/result.ts';

/** The files of a client certificate, read. */
export interface IdentityFiles {
  file: { name: string; content: Buffer };
  /** Null: the first file holds the key too. */
  keyFile: { name: string; content: Buffer } | null;
  passphrase: string | null;
}

type Identity = Pick<SecureContextOptions, 'cert' | 'key' | 'pfx' | 'passphrase'>;

/**
 * What TLS needs of a client certificate: PEM (a key apart or in the same file, encrypted or not) or PKCS#12. Fails with
 * `invalid-input` and says which file is wrong, and how. Pure.
 */
export function clientIdentity({ file, keyFile, passphrase }: IdentityFiles): Result<Identity> {
  const secret = passphrase === null ? {} : { passphrase };
  if (!isPem(file.content)) {
    if (keyFile !== null)
      return invalid(
        `${file.name} is not a PEM certificate`,
        'A PKCS#12 file holds the key too: leave the key out.',
      );
    const identity = { pfx: file.content, ...secret };
    const fault = contextFault(identity);
    return fault === null ? ok(identity) : pfxFault(file.name, fault, passphrase);
  }
  const key = keyFile ?? file;
  if (!/-----BEGIN (?:\w+ )?PRIVATE KEY-----/.test(key.content.toString('latin1')))
    return invalid(`${key.name} holds no private key`, 'Name the file with the key: --key FILE');
  try {
    // The first one is the client's own; those after it lead to its authority.
    const certificate = new X509Certificate(file.content);
    const privateKey = createPrivateKey({ key: key.content, ...secret });
    if (!certificate.checkPrivateKey(privateKey))
      return invalid(
        `the key in ${key.name} does not belong to the certificate in ${file.name}`,
        'Choose the key that was made with this certificate.',
      );
  } catch (fault) {
    return keyFault(file.name, key, codeOf(fault), passphrase);
  }
  const identity = { cert: file.content, key: key.content, ...secret };
  const fault = contextFault(identity);
  if (fault === null) return ok(identity);
  return invalid(
    `the client certificate in ${file.name} cannot be used (${fault})`,
    'Ask whoever issued it for another one.',
  );
}

/** Whether a key or PKCS#12 file wants a passphrase, as far as its first lines tell. */
const isEncrypted = (content: Buffer): boolean => !isPem(content) || content.includes('ENCRYPTED');

const isPem = (content: Buffer): boolean => content.includes('-----BEGIN ');

const invalid = (reason: string, hint: string): Result<never> =>
  fail('invalid-input', `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`, hint);

const codeOf = (fault: unknown): string =>
  fault instanceof Error ? ('code' in fault ? String(fault.code) : fault.message) : 'unknown';

function contextFault(identity: Identity): string | null {
  try {
    createSecureContext(identity);
    return null;
  } catch (fault) {
    // PKCS#12 faults have no code of their own, only OpenSSL's words, which quote nothing.
    const message = fault instanceof Error ? fault.message : 'unknown';
    return /mac verify|INCORRECT_PASSWORD/i.test(message) ? 'passphrase' : message.slice(0, 100);
  }
}

function pfxFault(name: string, fault: string, passphrase: string | null): Result<never> {
  if (fault === 'passphrase')
    return passphrase === null
      ? invalid(`${name} needs a passphrase`, 'Enter the passphrase of the file.')
      : invalid(`the passphrase does not open ${name}`, 'Enter it again.');
  if (/unsupported/i.test(fault))
    return invalid(
      `${name} is encrypted in an outdated way that OpenSSL 3 refuses`,
      'Convert it: openssl pkcs12 -legacy -in OLD -nodes | openssl pkcs12 -export -out NEW',
    );
  return invalid(
    `${name} holds neither a PEM certificate nor PKCS#12`,
    'Choose the file with the client certificate.',
  );
}

function keyFault(
  certificate: string,
  key: { name: string; content: Buffer },
  code: string,
  passphrase: string | null,
): Result<never> {
  if (/X509|PEM_NO_START_LINE.*CERT|ASN1/.test(code) && !isEncrypted(key.content))
    return invalid(
      `${certificate} holds no certificate that can be read`,
      'Choose the file with the client certificate.',
    );
  if (code === 'ERR_MISSING_PASSPHRASE' || (isEncrypted(key.content) && passphrase === null))
    return invalid(`the key in ${key.name} needs a passphrase`, 'Enter the passphrase of the key.');
  if (isEncrypted(key.content))
    return invalid(`the passphrase does not open the key in ${key.name}`, 'Enter it again.');
  return invalid(`the key in ${key.name} cannot be read (${code})`, 'Choose the file with the private key.');
}
