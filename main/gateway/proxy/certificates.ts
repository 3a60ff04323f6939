// The library asks for it first.
import 'reflect-metadata';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { nameConstraints } from './name-constraints.ts';

cryptoProvider.set(crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const NAME = 'Tokentray on this computer';
/** Clocks of containers and virtual machines may be a little behind. */
const EARLIER_MS = 60 * 60_000;

/** A certificate with its key, both PEM; the key is secret. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/**
 * A certificate authority that may vouch for `hosts` alone (RFC 5280 §4.2.1.10), so that its key is worth nothing for any
 * other name to whoever gets hold of it.
 */
export async function newAuthority(
  hosts: readonly string[],
  from: number,
  until: number,
  id: string,
): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    // Of two authorities with one name, some clients would try only the first.
    name: `CN=${NAME} (${id})`,
    serialNumber: newSerialNumber(),
    notBefore: new Date(from - EARLIER_MS),
    notAfter: new Date(until),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      new Extension('2.5.29.30', true, nameConstraints(hosts)),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await toPem(keys.privateKey) };
}

/** Issues certificates for hosts, all for one key of its own. */
export interface Issuer {
  readonly key: string;
  issue(host: string, from: number, until: number): Promise<string>;
}

export async function issuerFor(authority: KeyPair): Promise<Issuer> {
  const own = new X509Certificate(authority.certificate);
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(authority.key),
    ALGORITHM,
    false,
    ['sign'],
  );
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const authorityKey = await AuthorityKeyIdentifierExtension.create(own);
  return {
    key: await toPem(keys.privateKey),
    issue: async (host, from, until) => {
      const certificate = await X509CertificateGenerator.create({
        // A common name is cut at 64 characters, and nobody has read it for years (RFC 9525 §2).
        subject: 'CN=Tokentray proxy',
        issuer: own.subjectName,
        serialNumber: newSerialNumber(),
        notBefore: new Date(from - EARLIER_MS),
        notAfter: new Date(Math.min(until, own.notAfter.getTime())),
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: ALGORITHM,
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension([{ type: isIP(host) === 0 ? 'dns' : 'ip', value: host }]),
          authorityKey,
        ],
      });
      return certificate.toString('pem');
    },
  };
}

const toPem = async (key: CryptoKey): Promise<string> =>
  PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

/** Positive, 120 random bits (RFC 5280 §4.1.2.2). */
const newSerialNumber = (): string =>
  `01${Buffer.from(crypto.getRandomValues(new Uint8Array(15))).toString('hex')}`;
