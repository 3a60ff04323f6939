import { armor, Decrypter, Encrypter } from 'age-encryption';

export type AgeTask = { passphrase: string; bytes: Uint8Array } & (
  { do: 'encrypt'; /** log2 of scrypt's N. */ workFactor: number } | { do: 'decrypt' }
);

export type AgeAnswer =
  { ok: true; bytes: Uint8Array } | { ok: false; /** The library's own. */ reason: string };

const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';

/** Encrypts or decrypts here and now, which takes seconds of this thread. Armored files are read too. */
export async function processAge(task: AgeTask): Promise<AgeAnswer> {
  try {
    return { ok: true, bytes: await (task.do === 'encrypt' ? encrypt(task) : decrypt(task)) };
  } catch (fault) {
    return { ok: false, reason: fault instanceof Error ? fault.message : 'unknown fault' };
  }
}

function encrypt({ passphrase, bytes, workFactor }: AgeTask & { do: 'encrypt' }): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(bytes);
}

function decrypt({ passphrase, bytes }: AgeTask): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const head = Buffer.from(bytes.subarray(0, ARMOR.length)).toString('latin1');
  return decrypter.decrypt(head === ARMOR ? armor.decode(Buffer.from(bytes).toString('latin1')) : bytes);
}
