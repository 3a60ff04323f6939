import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { done, failed, type Outcome } from './outcome.ts';
import { givenPath } from './paths.ts';
import type { Runtime } from './runtime.ts';

const MAX_BYTES = 200_000;

/** A provider file as the app takes it: the text of a file or of standard input (`-`), or an address for the app to load. */
export async function providerSource(
  { context }: Pick<Runtime, 'context'>,
  given: string,
): Promise<Outcome<{ text: string } | { url: string }>> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given)) return done({ url: given });
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
      if (stat.size > MAX_BYTES) return tooLarge();
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

const bounded = (text: string): Outcome<{ text: string }> =>
  text.length > MAX_BYTES ? tooLarge() : done({ text });

const tooLarge = (): Outcome<never> =>
  failed('invalid-input', 'This is too large for a provider file.', 'Keep only the fields of a definition.');
