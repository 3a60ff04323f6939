import { parentPort, workerData } from 'node:worker_threads';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import type { AgeAnswer, AgeTask } from './age.ts';

const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';

async function work(task: AgeTask): Promise<AgeAnswer> {
  if (task.do === 'encrypt') {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(task.passphrase);
    encrypter.setScryptWorkFactor(task.workFactor);
    return { ok: true, bytes: await encrypter.encrypt(task.bytes) };
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(task.passphrase);
  const head = Buffer.from(task.bytes.subarray(0, ARMOR.length)).toString('latin1');
  const bytes = head === ARMOR ? armor.decode(Buffer.from(task.bytes).toString('latin1')) : task.bytes;
  return { ok: true, bytes: await decrypter.decrypt(bytes) };
}

work(workerData as AgeTask).then(
  (answer) => {
    parentPort?.postMessage(answer);
  },
  (fault: unknown) => {
    const reason = fault instanceof Error ? fault.message : 'unknown fault';
    parentPort?.postMessage({ ok: false, reason } satisfies AgeAnswer);
  },
);
