import type { Clock } from '../../lib/clock.ts';
import type { ExportRecord } from '../../store/records.ts';
import type { Opener } from '../open-files.ts';

/** A program that reads a pipe again and again is named once in that time. */
const QUIET_MS = 600_000;

type Entry = readonly [level: 'info' | 'warning', event: string, message: string];

/** What to record of who reads pipes. */
export class ReaderLog {
  readonly #clock: Clock;
  readonly #recorded = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  entriesFor({ id, file }: Pick<ExportRecord, 'id' | 'file'>, readers: readonly Opener[]): Entry[] {
    const entries: Entry[] = [];
    if (readers.length > 1 && this.#isDue(`${id} several`)) {
      const who = readers.map(named).join(' and ');
      entries.push([
        'warning',
        'export.read-twice',
        `${who} opened the pipe ${file} at the same moment: only one of them got the variables.`,
      ]);
    }
    for (const reader of readers.length === 0 ? [null] : readers) {
      const who = reader === null ? 'a program' : named(reader);
      if (this.#isDue(`${id} ${reader?.program ?? ''}`))
        entries.push(['info', 'export.read', `${file} was read by ${who}.`]);
    }
    return entries;
  }

  #isDue(what: string): boolean {
    const now = this.#clock.now();
    for (const [key, at] of this.#recorded) if (Math.abs(now - at) >= QUIET_MS) this.#recorded.delete(key);
    if (this.#recorded.has(what)) return false;
    this.#recorded.set(what, now);
    return true;
  }
}

const named = ({ program, pid }: Opener): string => `${program} (process ${String(pid)})`;
