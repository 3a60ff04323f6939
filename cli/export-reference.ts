import { done, type Outcome } from './outcome.ts';
import { givenPath } from './paths.ts';
import type { Runtime } from './runtime.ts';

/** What the app knows an export by: its id, or the absolute path of a file given relative to our folder. */
export async function exportReference(
  { app, context }: Runtime,
  reference: string,
): Promise<Outcome<string>> {
  const listed = await app.call('exports.list', {});
  if (!listed.ok) return listed;
  const { exports, damaged = [] } = listed.value;
  const isId = [...exports, ...damaged].some(({ id }) => id === reference);
  return isId ? done(reference) : givenPath(context, reference);
}
