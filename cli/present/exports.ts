import { aboutFile } from '../../contract/about-file.ts';
import type { ExportView } from '../../contract/export.ts';
import type { Runtime } from '../runtime.ts';
import { exportBadge } from './badge.ts';
import { plain } from './plain.ts';
import { printTable } from './print-table.ts';

/** What is before the name of the connection. */
const FOLLOWS = { connection: '', active: 'active: ', folder: 'folder: ' } as const;

/** Prints exports to stdout; warnings and failures go to stderr, with what to do about them. */
export function showExports(
  { context, out, err, print, log }: Runtime,
  exports: readonly ExportView[],
): void {
  const now = context.clock.now();
  const rows = exports.map((item) => [
    plain(item.file),
    item.preset,
    item.format,
    `${FOLLOWS[item.target.follows]}${plain(item.connection?.name ?? '–')}`,
    exportBadge(item, now, out),
    out.dim(item.id),
  ]);
  const headings = ['FILE', 'PRESET', 'FORMAT', 'CONNECTION', 'STATE', 'ID'].map((text) => out.dim(text));
  printTable({ context, print }, headings, rows);
  for (const { file, status, warnings } of exports) {
    for (const warning of warnings) log(`${err.warn('▲')} ${plain(aboutFile(file, warning))}`);
    if (status.state !== 'failed') continue;
    log(`${err.bad('▲')} ${plain(aboutFile(file, status.error.message))}`);
    if (status.error.hint !== undefined) log(`    ${plain(status.error.hint)}`);
  }
  if (exports.some(({ warnings }) => warnings.length > 0))
    log('Details, and what can be fixed for you: tokentray export check');
}
