// The library asks for it first.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(crypto);

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const DAY_MS = 86_400_000;

export interface Issued {
  cert: string;
  key: string;
  keys: CryptoKeyPair;
}

export interface Authority extends Issued {
  name: string;
}

export interface LeafOptions {
  /** DNS names and addresses. */
  names?: readonly string[];
  fromDays?: number;
  toDays?: number;
}

const pem = async (keys: CryptoKeyPair): Promise<string> =>
  x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

/** A certificate authority of a company. */
export async function newAuthority(name = 'Acme Root CA'): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: inDays(-30),
    notAfter: inDays(300),
    keys,
    signingAlgorithm: RSA,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return { name, cert: certificate.toString('pem'), key: await pem(keys), keys };
}

/** A certificate for a server or client; without an authority it is self-signed. */
export async function newCertificate(
  authority: Authority | null,
  { names = ['localhost', '127.0.0.1'], fromDays = -10, toDays = 100 }: LeafOptions = {},
): Promise<Issued> {
  const keys = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const subject = `CN=${names[0] ?? 'someone'}`;
  const common = {
    notBefore: inDays(fromDays),
    notAfter: inDays(toDays),
    signingAlgorithm: RSA,
    extensions: [
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: /^[\d.]+$/.test(name) ? 'ip' : 'dns', value: name }) as const),
      ),
    ],
  };
  const certificate =
    authority === null
      ? await x509.X509CertificateGenerator.createSelfSigned({ ...common, name: subject, keys })
      : await x509.X509CertificateGenerator.create({
          ...common,
          subject,
          issuer: `CN=${authority.name}`,
          publicKey: keys.publicKey,
          signingKey: authority.keys.privateKey,
        });
  return { cert: certificate.toString('pem'), key: await pem(keys), keys };
}
