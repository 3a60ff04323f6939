import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Failure } from '../contract/errors.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { givenPath } from './paths.ts';
import type { Runtime } from './runtime.ts';

const MAX_BYTES = 200_000;

/** The text of a file, or of standard input (`-`). `tooLarge`: what to say of more than any such file has. */
export async function givenText(
  { context }: Pick<Runtime, 'context'>,
  given: string,
  tooLarge: Pick<Failure, 'message' | 'hint'>,
): Promise<Outcome<string>> {
  const refused = (): Outcome<never> => failed('invalid-input', tooLarge.message, tooLarge.hint);
  const bounded = (text: string): Outcome<string> => (text.length > MAX_BYTES ? refused() : done(text));
  if (given === '-') return bounded(await context.stdin.readAll());
  const path = givenPath(context, given);
  if (!path.ok) return path;
  try {
    // Without O_NONBLOCK, opening a FIFO would wait for a writer.
    const file = await open(
      path.value,
      constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0),
    );
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return failed('io', `${given} is not a file.`);
      if (stat.size > MAX_BYTES) return refused();
      return bounded(await file.readFile('utf8'));
    } finally {
      await file.close();
    }
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
    return code === 'ENOENT'
      ? failed('not-found', `There is no file ${given}.`)
      : failed('io', `${given} cannot be read (${code}).`);
  }
}
