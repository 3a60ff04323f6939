import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../lib/result.ts';
import type { AgeAnswer, AgeTask } from './age-format.ts';

/** The age format with a passphrase (https://age-encryption.org/v1). */
export interface Age {
  encrypt(bytes: Uint8Array, passphrase: string): Promise<Result<Uint8Array>>;
  /** Fails with `denied` for the wrong passphrase, `invalid-input` for what is no age file, or changed, or cut off. */
  decrypt(bytes: Uint8Array, passphrase: string): Promise<Result<Uint8Array>>;
}

/** 256 MiB and about two seconds for each guess. */
const WORK_FACTOR = 18;

/** In a bundle the worker is a file of its own beside it (build/electron.rolldown.config.ts). */
const WORKER = path.join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'age-worker.ts' : 'backup-worker.js',
);

/** `ask` does the work; by default it is done in a thread of its own, so that the core goes on. */
export const createAge = (
  ask: (task: AgeTask) => Promise<AgeAnswer> = askWorker,
  workFactor = WORK_FACTOR,
): Age => ({
  encrypt: async (bytes, passphrase) => {
    const answer = await ask({ do: 'encrypt', bytes, passphrase, workFactor });
    return answer.ok
      ? ok(answer.bytes)
      : fail('failed', `The backup could not be encrypted: ${answer.reason}.`);
  },
  decrypt: async (bytes, passphrase) => {
    const answer = await ask({ do: 'decrypt', bytes, passphrase });
    return answer.ok ? ok(answer.bytes) : decryptFailure(answer.reason);
  },
});

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
  if (reason.includes('work factor'))
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

function askWorker(task: AgeTask): Promise<AgeAnswer> {
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
