import { done, type Outcome } from './outcome.ts';
import { givenPath } from './paths.ts';
import type { Runtime } from './runtime.ts';

/** How the app identifies an export: by its ID, or by an absolute path, resolved here against the current folder. */
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
