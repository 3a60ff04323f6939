import { stat } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { NetworkSettings } from '../../contract/network.ts';
import { plainFileWords, readPlainFile } from '../lib/plain-file.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { certificatesIn } from './authorities.ts';
import { clientIdentity } from './client-identity.ts';

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
  const content = await readPlainFile(file, MAX_BYTES);
  if (content.ok) return ok(content.value);
  const message = `${file} ${plainFileWords(content.error)}.`;
  return content.error.kind === 'too-large'
    ? fail('invalid-input', message, 'Choose the right file.')
    : fail('io', message, 'Correct the file’s name, or give this user access to it.');
}
