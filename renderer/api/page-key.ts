/** A key pair that exists only as long as this page; its private half cannot be extracted. */
export interface PageKey {
  /** The public half, SPKI in base64url. */
  readonly text: string;
  /** ECDSA P-256 with SHA-256, base64url. */
  sign(text: string): Promise<string>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

export async function makePageKey({ subtle }: Pick<Crypto, 'subtle'>): Promise<PageKey> {
  const { publicKey, privateKey } = await subtle.generateKey(ALGORITHM, false, ['sign']);
  return {
    text: base64url(await subtle.exportKey('spki', publicKey)),
    sign: async (text) => base64url(await subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(text))),
  };
}
