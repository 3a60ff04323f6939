import type { ExportView } from '../../contract/export.ts';
import type { Runtime } from '../runtime.ts';
import { exportBadge } from './badge.ts';
import { about, plain } from './plain.ts';
import { table } from './table.ts';

/** Shows exports; warnings and failures with what to do go to the person. */
export function showExports(
  { context, out, err, print, say }: Runtime,
  exports: readonly ExportView[],
): void {
  const now = context.clock.now();
  const rows = exports.map(({ id, file, preset, format, connection, target, status }) => [
    plain(file),
    preset,
    format,
    `${target.follows === 'active' ? 'active: ' : ''}${plain(connection?.name ?? '–')}`,
    exportBadge(status, now, out),
    out.dim(id),
  ]);
  const headings = ['FILE', 'PRESET', 'FORMAT', 'CONNECTION', 'STATE', 'ID'].map((text) => out.dim(text));
  print(table([headings, ...rows]).join('\n'));
  for (const { file, status, warnings } of exports) {
    for (const warning of warnings) say(`${err.warn('▲')} ${about(file, warning)}`);
    if (status.state !== 'failed') continue;
    say(`${err.bad('▲')} ${about(file, status.error.message)}`);
    if (status.error.hint !== undefined) say(`    ${plain(status.error.hint)}`);
  }
}
