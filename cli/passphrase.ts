import { LEAST_PASSPHRASE, PASSPHRASE_BYTES, passphraseOf } from '../contract/passphrase.ts';
import { done, failed, type Outcome } from './outcome.ts';
import type { Runtime } from './runtime.ts';

/** A new passphrase: typed twice, or generated and shown once, or from standard input. */
export async function newPassphrase(runtime: Runtime): Promise<Outcome<string>> {
  if (!runtime.interactive) return pipedPassphrase(runtime);
  runtime.log(
    `Choose a passphrase of at least ${LEAST_PASSPHRASE} characters, or press Enter to have one generated.`,
  );
  for (;;) {
    const first = await askHidden(runtime, 'Passphrase (not shown):');
    if (first === null) return missing();
    if (first === '') return done(generated(runtime));
    if (first.length < LEAST_PASSPHRASE) {
      runtime.log(`That is too short: it needs at least ${LEAST_PASSPHRASE} characters.`);
      continue;
    }
    const second = await askHidden(runtime, 'The same again:');
    if (second === null) return missing();
    if (first === second) return done(first);
    runtime.log('The two are not the same.');
  }
}

/** The passphrase of a file that exists. */
export async function knownPassphrase(runtime: Runtime): Promise<Outcome<string>> {
  if (!runtime.interactive) return pipedPassphrase(runtime);
  const typed = await askHidden(runtime, 'Passphrase of the backup (not shown):');
  return typed ? done(typed) : missing();
}

function generated({ context, err }: Runtime): string {
  const passphrase = passphraseOf(crypto.getRandomValues(new Uint8Array(PASSPHRASE_BYTES)));
  context.stderr.write(
    `Your passphrase: ${err.bold(passphrase)}\nKeep it somewhere else than the backup. Without it nobody can read the backup, not even Tokentray.\n`,
  );
  return passphrase;
}

async function askHidden({ context, err }: Runtime, question: string): Promise<string | null> {
  // Turn echo off before the prompt appears: someone may already be typing.
  const reading = context.stdin.readHidden();
  context.stderr.write(`${err.bold(question)} `);
  return reading;
}

async function pipedPassphrase({ context: { stdin } }: Runtime): Promise<Outcome<string>> {
  if (stdin.isTTY) return missing();
  // Only the line break that programs add: spaces may be part of it.
  const passphrase = (await stdin.readAll()).replace(/\r?\n$/, '');
  if (passphrase.includes('\n'))
    return failed('usage', 'The passphrase has several lines.', 'Pipe it alone to standard input.');
  return passphrase === '' ? missing() : done(passphrase);
}

const missing = (): Outcome<never> =>
  failed(
    'usage',
    'The passphrase is missing.',
    'Pipe it to standard input. It is never taken from the command line, which every program on this machine can read.',
  );
