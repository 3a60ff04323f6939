import type { ConnectionView } from '../../contract/connection.ts';
import { shellWord } from '../../contract/shell-word.ts';
import { sharedWith } from '../../contract/shared-grant.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { indented } from '../present/fit.ts';
import { plain } from '../present/plain.ts';
import { revokeWords, useLines, useWords } from '../present/removal.ts';
import { lineWidth } from '../present/terminal.ts';
import { confirm } from '../prompt.ts';
import type { Runtime } from '../runtime.ts';
import { readDependents } from './dependents.ts';
import type { Meant } from './find-meant.ts';
import { dependentsOf, type Dependent } from '../../contract/dependents.ts';

/** Whether the person wants them removed, after reading what that breaks. Fails with `usage` where nobody can be asked and something would break. */
export async function confirmRemoval(
  runtime: Runtime,
  meant: readonly Meant[],
  all: readonly ConnectionView[],
  revoke: boolean,
): Promise<Outcome<boolean>> {
  const leaving = new Set(meant.map(({ id }) => id));
  const dependents = await readDependents(runtime, all);
  if (!dependents.ok) return dependents;
  const used = meant.map((one) => ({
    ...one,
    uses: one.view === null ? [] : dependentsOf(one.view, dependents.value, leaving),
  }));
  if (!runtime.interactive) return refuseUsed(used);
  for (const [index, one] of used.entries()) {
    if (index > 0) runtime.log('');
    show(runtime, one, all, leaving, revoke);
  }
  const [{ name } = { name: '' }] = meant;
  const question =
    meant.length === 1
      ? `Remove “${plain(name)}” and its tokens?`
      : `Remove these ${meant.length} connections and their tokens?`;
  return done(await confirm(runtime, question));
}

type Used = Meant & { readonly uses: readonly Dependent[] };

function refuseUsed(used: readonly Used[]): Outcome<boolean> {
  const first = used.find(({ uses }) => uses.length > 0);
  if (first === undefined) return done(true);
  const names = used.map(({ name }) => shellWord(name)).join(' ');
  return failed(
    'usage',
    `“${first.name}” is still used, and nobody can be asked here: ${useWords(first.uses)}.`,
    `To remove ${used.length === 1 ? 'it' : 'them'} anyway: tokentray remove ${names} --yes`,
  );
}

function show(
  { log, err, context }: Runtime,
  { name, view, uses }: Used,
  all: readonly ConnectionView[],
  leaving: ReadonlySet<string>,
  revoke: boolean,
): void {
  const room = lineWidth(context.stderr);
  const lines = (text: string): void => {
    for (const line of indented(text, room ?? Infinity, 0)) log(line);
  };
  if (view === null) {
    lines(`“${plain(name)}” is damaged: what uses it is not known.`);
    return;
  }
  const { providerName, account, active } = view;
  lines(err.bold(`“${plain(name)}”, ${plain(providerName)}, ${plain(account.email ?? account.name)}`));
  if (active) lines(activeWords(view, all, leaving));
  for (const line of useLines(uses, room)) log(line);
  if (uses.length === 0) log('Nothing else uses it.');
  const shared = sharedWith(view, all).filter(({ id }) => !leaving.has(id));
  const words = revokeWords(
    view,
    revoke,
    shared.map((other) => other.name),
  );
  if (words !== null) lines(plain(words));
}

const activeWords = (
  { id, provider, providerName }: ConnectionView,
  all: readonly ConnectionView[],
  leaving: ReadonlySet<string>,
): string =>
  all.some((other) => other.provider === provider && other.id !== id && !leaving.has(other.id))
    ? `★ It is the active connection of ${plain(providerName)}: what follows the active one goes on with another.`
    : `★ It is the active connection of ${plain(providerName)}, and no other is left.`;
