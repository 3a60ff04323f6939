import type { HookView } from '../../contract/hook.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { printTable } from './print-table.ts';
import { relative } from './time.ts';

export function showHooks({ print, out, context }: Runtime, hooks: readonly HookView[]): void {
  const now = context.clock.now();
  const rows = hooks.map((hook) => [
    hook.event,
    hook.connection === null ? 'all' : plain(hook.connection.name ?? 'removed'),
    plain(commandOf(hook)),
    stateOf(hook, now),
    out.dim(hook.id),
  ]);
  const headings = ['EVENT', 'CONNECTION', 'RUNS', 'STATE', 'ID'].map((text) => out.dim(text));
  printTable({ context, print }, headings, rows);
}

/** As a person would type it, more or less: to be recognized, not to be pasted. */
const commandOf = ({ program, args }: HookView): string =>
  [program, ...args].map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');

function stateOf({ paused, last, withToken }: HookView, now: number): string {
  const token = withToken ? ', with the token' : '';
  if (paused === 'restored') return `‖ Paused, from a backup${token}`;
  if (paused !== null) return `‖ Paused${token}`;
  if (last === null) return `○ Not run yet${token}`;
  const when = relative(last.at, now);
  return last.ok ? `● Ran ${when}${token}` : `▲ Failed ${when}${token}. ${plain(last.message)}`;
}
