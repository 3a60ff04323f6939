import { createCipheriv, createDecipheriv, createDiffieHellman, hkdfSync, randomBytes } from 'node:crypto';
import type { BodyReader } from '../lib/dbus-wire.ts';

/** How secrets cross the bus: encrypted, or plain where the service knows no more than that. */
export interface SecretSession {
  /** Object path. */
  readonly path: string;
  encrypt(plain: Buffer): { value: Uint8Array; parameters: Uint8Array };
  /** Throws on what was not encrypted in this session. */
  decrypt(value: Uint8Array, parameters: Uint8Array): Buffer;
}

/** Calls `OpenSession`; the reader is at the variant of the answer. */
type OpenSession = (algorithm: string, input: Uint8Array | null) => Promise<BodyReader>;

/** RFC 2409 §6.2, the Second Oakley Group: what the Secret Service's one encrypted session is defined over. */
const PRIME =
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B' +
  '302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6' +
  '49286651ECE65381FFFFFFFFFFFFFFFF';
const CIPHER = 'aes-128-cbc';
const BLOCK_BYTES = 16;

/**
 * Opens a session. With encryption, the key is not left in the memory of the bus or seen by a program that monitors it.
 * https://specifications.freedesktop.org/secret-service-spec/latest/ch07s03.html
 */
export async function openSecretSession(open: OpenSession): Promise<SecretSession> {
  const exchange = createDiffieHellman(PRIME, 'hex', 2);
  let answer: BodyReader;
  try {
    answer = await open('dh-ietf1024-sha256-aes128-cbc-pkcs7', exchange.generateKeys());
  } catch (fault) {
    if (!(fault instanceof Error && 'errorName' in fault && String(fault.errorName).includes('NotSupported')))
      throw fault;
    return plainSession(await open('plain', null));
  }
  answer.signature();
  const shared = exchange.computeSecret(answer.byteArray());
  const key = Buffer.from(hkdfSync('sha256', shared, Buffer.alloc(0), Buffer.alloc(0), BLOCK_BYTES));
  shared.fill(0);
  return {
    path: answer.string(),
    encrypt: (plain) => {
      const parameters = randomBytes(BLOCK_BYTES);
      const cipher = createCipheriv(CIPHER, key, parameters);
      return { value: Buffer.concat([cipher.update(plain), cipher.final()]), parameters };
    },
    decrypt: (value, parameters) => {
      const decipher = createDecipheriv(CIPHER, key, parameters);
      return Buffer.concat([decipher.update(value), decipher.final()]);
    },
  };
}

function plainSession(answer: BodyReader): SecretSession {
  answer.signature();
  answer.string();
  return {
    path: answer.string(),
    encrypt: (plain) => ({ value: plain, parameters: new Uint8Array() }),
    decrypt: (value) => Buffer.from(value),
  };
}
