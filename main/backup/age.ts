import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../lib/result.ts';

export type AgeTask = { passphrase: string; bytes: Uint8Array } & (
  { do: 'encrypt'; /** log2 of scrypt's N. */ workFactor: number } | { do: 'decrypt' }
);

export type AgeAnswer =
  { ok: true; bytes: Uint8Array } | { ok: false; /** The library's own. */ reason: string };

/** 256 MiB and about two seconds for each guess. */
const WORK_FACTOR = 18;

/** In a bundle the worker is a file of its own beside it (build/electron.rolldown.config.ts). */
const WORKER = path.join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'age-worker.ts' : 'backup-worker.js',
);

/** Encrypts in the age format with a passphrase (https://age-encryption.org/v1), in a thread of its own. */
export const encryptWithPassphrase = (
  bytes: Uint8Array,
  passphrase: string,
  workFactor = WORK_FACTOR,
): Promise<Result<Uint8Array>> => run({ do: 'encrypt', bytes, passphrase, workFactor });

/** Fails with `denied` for the wrong passphrase, `invalid-input` for what is no age file, or changed, or cut off. */
export const decryptWithPassphrase = (bytes: Uint8Array, passphrase: string): Promise<Result<Uint8Array>> =>
  run({ do: 'decrypt', bytes, passphrase });

async function run(task: AgeTask): Promise<Result<Uint8Array>> {
  const answer = await ask(task);
  if (answer.ok) return ok(answer.bytes);
  if (task.do === 'encrypt') return fail('failed', `The backup could not be encrypted: ${answer.reason}.`);
  return decryptFailure(answer.reason);
}

/** What the library's words mean. Pure. */
export function decryptFailure(reason: string): Result<never> {
  if (reason.startsWith('no identity matched'))
    return fail(
      'denied',
      'The passphrase is wrong.',
      'Check it and try again. Without it nobody can read the backup.',
    );
  if (/^invalid version|^failed to read line/.test(reason))
    return fail(
      'invalid-input',
      'This is not a backup: it is not in the age format.',
      'Choose a file that “tokentray backup” wrote.',
    );
  if (/work factor/.test(reason))
    return fail(
      'unsupported',
      'This file asks for more memory to open than Tokentray allows.',
      'Choose a file that “tokentray backup” wrote.',
    );
  return fail(
    'invalid-input',
    'This backup is damaged: it was changed or cut off after it was made. Nothing was restored.',
    'Use another copy of it.',
  );
}

function ask(task: AgeTask): Promise<AgeAnswer> {
  return new Promise((resolve, reject) => {
    // Nothing that the process was started with, such as a debugger, is for it.
    const worker = new Worker(WORKER, { workerData: task, env: {}, execArgv: [] });
    worker.once('message', (answer: AgeAnswer) => {
      resolve(answer);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`the backup's thread ended with ${code}`));
    });
  });
}
