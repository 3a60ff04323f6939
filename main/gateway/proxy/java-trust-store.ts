import { createHash } from 'node:crypto';

const MAGIC = 0xfeedfeed;
const VERSION = 2;
const TRUSTED_CERTIFICATE = 2;
/** Nothing in it is secret; this is what Java's own tools take when nobody says another. */
const PASSWORD = 'changeit';

/** Certificates (PEM) as a key store of the kind JKS, which every Java reads. The same ones give the same bytes. Pure. */
export function javaTrustStore(certificates: readonly string[]): Buffer {
  const entries = certificates.map((pem, index) => {
    const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    return Buffer.concat([
      uint32(TRUSTED_CERTIFICATE),
      utf(String(index)),
      // Made when: not worth a difference.
      Buffer.alloc(8),
      utf('X.509'),
      uint32(der.length),
      der,
    ]);
  });
  const content = Buffer.concat([uint32(MAGIC), uint32(VERSION), uint32(entries.length), ...entries]);
  const digest = createHash('sha1')
    .update(Buffer.from(PASSWORD, 'utf16le').swap16())
    .update('Mighty Aphrodite')
    .update(content)
    .digest();
  return Buffer.concat([content, digest]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function utf(text: string): Buffer {
  const bytes = Buffer.alloc(2 + text.length, text, 'latin1');
  bytes.writeUInt16BE(text.length);
  bytes.write(text, 2, 'latin1');
  return bytes;
}
