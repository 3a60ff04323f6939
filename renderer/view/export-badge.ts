import type { ExportView } from '../../contract/export.ts';
import { outOfDateSince } from '../../contract/problems.ts';
import type { Badge } from './state-words.ts';
import { moment, whenWords } from './time-words.ts';

/** Badge of an env file. `now`: epoch ms. */
export function exportBadge(item: Pick<ExportView, 'status' | 'tokenEndsAt'>, now: number): Badge {
  const since = outOfDateSince(item, now);
  if (since !== null) return outOfDateBadge(since, now);
  const { status } = item;
  switch (status.state) {
    case 'written':
      return { shape: '●', word: `Written ${moment(status.at, now)}`, tone: 'ok' };
    case 'pending':
      return { shape: '◌', word: 'Not written yet', tone: 'off' };
    case 'waiting': {
      const { readAt } = status;
      return {
        shape: '●',
        word: readAt === null ? 'Pipe, not read yet' : `Pipe, read ${moment(readAt, now)}`,
        tone: 'ok',
      };
    }
    case 'failed':
      return { shape: '▲', word: 'Not written', tone: 'bad' };
  }
}

/** Of a file whose token works no more. `since`: when it ended; `now`: epoch ms. */
export const outOfDateBadge = (since: string, now: number): Badge => ({
  shape: '△',
  word: `Out of date since ${whenWords(since, now)}`,
  tone: 'warn',
});
