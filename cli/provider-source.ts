import { givenText } from './given-text.ts';
import { done, type Outcome } from './outcome.ts';
import type { Runtime } from './runtime.ts';

const TOO_LARGE = {
  message: 'This is too large for a provider file.',
  hint: 'Keep only the fields of a definition.',
};

/** A provider file as the app takes it: the text of a file or of standard input (`-`), or an address for the app to load. */
export async function providerSource(
  runtime: Pick<Runtime, 'context'>,
  given: string,
): Promise<Outcome<{ text: string } | { url: string }>> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given)) return done({ url: given });
  const text = await givenText(runtime, given, TOO_LARGE);
  return text.ok ? done({ text: text.value }) : text;
}
