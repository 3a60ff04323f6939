import type { ExportCheck, ExportLastRead } from '../../contract/export-check.ts';
import { CURE_WORDS, REASON_WORDS } from '../../contract/export-check-words.ts';
import type { Runtime } from '../runtime.ts';
import { exportBadge } from './badge.ts';
import { plain } from './plain.ts';
import { localTime, relative, withLocalTimes } from './time.ts';

type Parts = Pick<Runtime, 'context' | 'out' | 'print' | 'withCommands'>;

/** Prints what was checked of a file, what to do, and when it was read. */
export function showCheck(runtime: Parts, check: ExportCheck): void {
  const { context, out, print, withCommands } = runtime;
  const { export: item, findings } = check;
  const now = context.clock.now();
  print(`${plain(item.file)}  ${exportBadge(item, now, out)}`);
  for (const { ok, message, hint, cure } of findings) {
    print(`  ${ok ? out.good('●') : out.bad('▲')} ${plain(withLocalTimes(message, now))}`);
    if (ok) continue;
    if (hint !== undefined) print(`      ${plain(withCommands(hint))}`);
    if (cure !== null) print(`      --fix does this: ${CURE_WORDS[cure]}`);
  }
  print(`  ${readWords(check, now)}`);
}

/** Prints when a file was read, and what the last writes changed. */
export function showHistory({ context, out, print }: Parts, check: ExportCheck): void {
  const now = context.clock.now();
  const { export: item, writes } = check;
  print(`${plain(item.file)}  ${exportBadge(item, now, out)}  ${out.dim(item.id)}`);
  print(`  ${readWords(check, now)}`);
  for (const { at, connection, why, variables } of writes) {
    const names = variables.length === 0 ? '' : `: ${plain(variables.join(', '))}`;
    print(`  ${localTime(at)}  ${REASON_WORDS[why]} (${plain(connection.name)})${names}`);
  }
}

function readWords({ lastRead, openedBy, export: { mode } }: ExportCheck, now: number): string {
  const open = openedBy.map(({ program, pid }) => `${plain(program)} (process ${pid})`).join(', ');
  return `${wasRead(lastRead, mode === 'pipe', now)}${open === '' ? '' : ` Open now in ${open}.`}`;
}

function wasRead(lastRead: ExportLastRead, isPipe: boolean, now: number): string {
  switch (lastRead.state) {
    case 'read':
      return isPipe
        ? `Last read ${relative(lastRead.at, now)}.`
        : `Read since it was last written, ${relative(lastRead.at, now)}.`;
    case 'not-read':
      return isPipe ? 'Not read yet.' : 'Not read since it was last written.';
    case 'unknown':
      return `Whether it was read is not known. ${plain(lastRead.why)}`;
  }
}
