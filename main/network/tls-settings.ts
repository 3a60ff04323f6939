import { readFile, stat } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { NetworkSettings } from '../../contract/network.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { certificatesIn } from './authorities.ts';
import { clientIdentity, isEncrypted } from './client-identity.ts';

/** Larger than any bundle of certificates. */
const MAX_BYTES = 8 * 1024 * 1024;

type TlsSettings = Pick<NetworkSettings, 'caFile' | 'clientCertificate'>;

/** Changes when one of the files does, so that a certificate that was renewed is used at once. */
export async function filesStamp({ caFile, clientCertificate }: TlsSettings): Promise<string> {
  const files = [caFile, clientCertificate?.file, clientCertificate?.keyFile];
  const stamps = files.map(async (file) => {
    if (file === undefined) return '';
    const found = await stat(file).catch(() => null);
    return found === null ? 'none' : `${found.mtimeMs}/${found.size}/${found.ino}`;
  });
  return (await Promise.all(stamps)).join(' ');
}

/** Whether the settings' key is encrypted; false where it cannot be read. */
export async function wantsPassphrase({ clientCertificate }: TlsSettings): Promise<boolean> {
  if (clientCertificate === undefined) return false;
  const content = await readFile(clientCertificate.keyFile ?? clientCertificate.file).catch(() => null);
  return content !== null && isEncrypted(content);
}

/** Reads the files and makes of them what connections need. Fails with `invalid-input` or `io`, naming the file. */
export async function secureContextFor(
  { caFile, clientCertificate }: TlsSettings,
  passphrase: string | null,
  authorities: () => Promise<readonly string[]>,
): Promise<Result<SecureContext>> {
  let extra: readonly string[] = [];
  if (caFile !== undefined) {
    const content = await read(caFile);
    if (!content.ok) return content;
    const found = certificatesIn(content.value);
    if (found === null)
      return fail(
        'invalid-input',
        `${caFile} holds no certificate that can be read.`,
        'Choose a PEM file with the certificate of your certificate authority.',
      );
    extra = found;
  }
  const identity = await readIdentity(clientCertificate, passphrase);
  if (!identity.ok) return identity;
  const ca = [...(await authorities()), ...extra];
  return ok(createSecureContext({ ca, ...identity.value }));
}

async function readIdentity(
  certificate: NetworkSettings['clientCertificate'],
  passphrase: string | null,
): Promise<ReturnType<typeof clientIdentity>> {
  if (certificate === undefined) return ok({});
  const content = await read(certificate.file);
  if (!content.ok) return content;
  const file = { name: certificate.file, content: content.value };
  if (certificate.keyFile === undefined) return clientIdentity({ file, keyFile: null, passphrase });
  const key = await read(certificate.keyFile);
  if (!key.ok) return key;
  return clientIdentity({ file, keyFile: { name: certificate.keyFile, content: key.value }, passphrase });
}

async function read(file: string): Promise<Result<Buffer>> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) return fail('invalid-input', `${file} is far too large.`, 'Choose the right file.');
    return ok(await readFile(file));
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
    const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    return fail('io', `${file} ${why}.`, 'Correct the file’s name, or give this user access to it.');
  }
}
