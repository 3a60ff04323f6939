import type { CallInput } from '../contract/calls.ts';
import { givenText } from './given-text.ts';
import { done, type Outcome } from './outcome.ts';
import type { Runtime } from './runtime.ts';

const TOO_LARGE = {
  message: 'This is too large for a preset.',
  hint: 'Keep in it only what a program needs for one connection.',
};

/** A preset file as the app takes it. Its name is the file's, unless `name` is given. */
export async function presetSource(
  runtime: Pick<Runtime, 'context'>,
  given: string,
  name: string | undefined,
): Promise<Outcome<CallInput<'presets.check'>>> {
  const text = await givenText(runtime, given, TOO_LARGE);
  if (!text.ok) return text;
  const base = given.split(/[/\\]/).at(-1) ?? '';
  const own = given === '-' ? undefined : base.replace(/\.(?:jsonc?|tmpl)$/i, '');
  return done({
    text: text.value,
    name: name ?? own,
    ...(/\.tmpl$/i.test(base) && { template: true }),
  });
}
