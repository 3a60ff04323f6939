import type { ExportCheck } from '../../contract/export-check.ts';
import { ago } from './time-words.ts';

/** When an env file was read, as far as the system tells. `now`: epoch ms. */
export function lastReadWords({ lastRead, export: { mode } }: ExportCheck, now: number): string {
  const isPipe = mode === 'pipe';
  switch (lastRead.state) {
    case 'read':
      return isPipe
        ? `Last read ${ago(lastRead.at, now)}.`
        : `Read since it was last written, ${ago(lastRead.at, now)}.`;
    case 'not-read':
      return isPipe ? 'Not read yet.' : 'Not read since it was last written.';
    case 'unknown':
      return `Whether it was read is not known. ${lastRead.why}`;
  }
}

/** Which programs have it open; empty for none. */
export const openWords = ({ openedBy }: ExportCheck): string =>
  openedBy.length === 0
    ? ''
    : `Open now in ${openedBy.map(({ program, pid }) => `${program} (process ${pid})`).join(', ')}.`;
