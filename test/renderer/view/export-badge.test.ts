import { expect, it } from 'vitest';
import type { ExportView } from '../../../contract/export.ts';
import { exportBadge } from '../../../renderer/view/export-badge.ts';
import { moment, whenWords } from '../../../renderer/view/time-words.ts';

const NOW = Date.parse('2026-11-29T12:00:00.000Z');
const at = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

it.each<[string, ExportView['status'], string | null, string]>([
  ['written', { state: 'written', at: at(8) }, at(-52), `● Written ${moment(at(8), NOW)}`],
  ['written, with no known end', { state: 'written', at: at(8) }, null, `● Written ${moment(at(8), NOW)}`],
  [
    'written, with a token that ended',
    { state: 'written', at: at(80) },
    at(20),
    `△ Out of date since ${whenWords(at(20), NOW)}`,
  ],
  ['about to be written', { state: 'pending' }, null, '◌ Not written yet'],
  ['a pipe that was read', { state: 'waiting', readAt: at(5) }, at(1), `● Pipe, read ${moment(at(5), NOW)}`],
  ['a pipe that nobody read', { state: 'waiting', readAt: null }, null, '● Pipe, not read yet'],
  [
    'not written, whatever it holds',
    { state: 'failed', since: at(30), error: { code: 'io', message: 'Permission denied.' } },
    at(20),
    '▲ Not written',
  ],
])('says of a file that is %s', (_, status, tokenEndsAt, badge) => {
  const { shape, word } = exportBadge({ status, tokenEndsAt }, NOW);
  expect(`${shape} ${word}`).toBe(badge);
});
