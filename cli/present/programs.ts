import type { AskingProgram, GrantView } from '../../contract/grants.ts';
import { startedWords } from '../../contract/program-words.ts';
import type { Runtime } from '../runtime.ts';
import { plain } from './plain.ts';
import { printTable } from './print-table.ts';
import { localTime, relative } from './time.ts';

/** What is known of a program that asks, each fact on its line. */
export function programLines(program: AskingProgram): string[] {
  const { executable, script, folder, contained, pid } = program;
  const started = startedWords(program);
  const files = [executable, script].filter((file) => file !== null).join(' ');
  const process = pid === null ? '' : `process ${pid}`;
  return [
    files === '' ? 'Which program it is cannot be told.' : plain(files),
    plain([process, started].filter((text) => text !== '').join(', ')),
    folder === null ? '' : `in ${plain(folder)}`,
    contained ? 'in a container, so its paths are of other files' : '',
  ].filter((line) => line !== '');
}

/** How long an answer holds, in a few words. Pure. */
function holds({ lasts, session, until }: GrantView): string {
  if (lasts === 'session') return session === null || session === '' ? 'session' : `session of ${session}`;
  return until === null ? 'always' : `until ${localTime(until)}`;
}

export function showGrants({ context, out, print }: Runtime, grants: readonly GrantView[]): void {
  const now = context.clock.now();
  const rows = grants.map((grant) => {
    const { id, program, connection, decision, lastUsedAt } = grant;
    return [
      plain(program.name),
      plain(connection.name),
      decision === 'allow' ? 'allowed' : out.warn('denied'),
      plain(holds(grant)),
      lastUsedAt === null ? 'never' : relative(lastUsedAt, now),
      plain(program.script ?? program.executable ?? ''),
      out.dim(id),
    ];
  });
  const headings = ['PROGRAM', 'CONNECTION', 'ANSWER', 'HOLDS', 'LAST USED', 'FILE', 'ID'];
  printTable(
    { context, print },
    headings.map((text) => out.dim(text)),
    rows,
  );
}
