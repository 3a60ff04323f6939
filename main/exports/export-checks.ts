import type { ExportCheck, ExportCure } from '../../contract/export-check.ts';
import type { ExportId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { assertNever, ok, type Result } from '../lib/result.ts';
import type { ExportStore } from '../store/ports.ts';
import type { ExportRecord } from '../store/records.ts';
import type { ExportFiles } from './export-files.ts';
import type { ExportOutcomes } from './export-outcomes.ts';
import type { ExportPlaces } from './export-places.ts';
import type { ExportWriter } from './export-writer.ts';
import { exportNotFound } from './find-export.ts';
import type { KeyedQueue } from './keyed-queue.ts';

export interface ExportChecksParts {
  store: Pick<ExportStore, 'get' | 'list' | 'save'>;
  writer: ExportWriter;
  places: ExportPlaces;
  outcomes: ExportOutcomes;
  files: ExportFiles;
  queue: KeyedQueue;
  clock: Clock;
  /** Writes it now. */
  write: (id: ExportId) => Promise<void>;
}

/** Checks exports and does what a finding names as its cure. What looks at the system is loaded on first use. */
export class ExportChecks {
  readonly #parts: ExportChecksParts;

  constructor(parts: ExportChecksParts) {
    this.#parts = parts;
  }

  async check(record: ExportRecord): Promise<ExportCheck> {
    const { writer, places, outcomes, queue, clock } = this.#parts;
    const { checkExport } = await import('./check/check-export.ts');
    const written = await queue.run(record.id, () =>
      writer.write(record, { refuseDuplicates: false, onlyCheck: true }),
    );
    return checkExport({
      record,
      view: outcomes.view(record),
      names: places.names(record),
      written,
      others: await this.#othersOn(record),
      now: clock.now(),
    });
  }

  async cure({ id }: ExportRecord, cure: ExportCure): Promise<Result<ExportCheck>> {
    const done = await this.#apply(id, cure);
    if (!done.ok) return done;
    const record = this.#parts.store.get(id);
    if (record === null) return exportNotFound(id);
    // Warnings whose cause is gone go with it.
    await this.#parts.outcomes.checkPlace(record);
    this.#parts.outcomes.viewChanged(record);
    return ok(await this.check(record));
  }

  async #apply(id: ExportId, cure: ExportCure): Promise<Result<void>> {
    const { store, files, queue, outcomes, write } = this.#parts;
    if (cure === 'write') {
      await write(id);
      return ok(undefined);
    }
    return queue.run(id, async () => {
      const record = store.get(id);
      if (record === null) return exportNotFound(id);
      if (cure === 'in-place') {
        const saved = store.save({ ...record, inPlace: true });
        if (saved.ok)
          outcomes.log(record, 'info', 'export.in-place', `${record.file} is written in place from now on.`);
        return saved;
      }
      const target = await files.target(record.file);
      if (!target.ok) return target;
      const { ignoreInGit, narrowFile } = await import('./check/cures.ts');
      switch (cure) {
        case 'ignore':
          return ignoreInGit(target.value);
        case 'narrow':
          return queue.run(`file ${target.value}`, () => narrowFile(target.value, record.sharedFolder));
        default:
          return assertNever(cure);
      }
    });
  }

  /** Ids of other exports that write the same file. */
  async #othersOn({ id, file }: ExportRecord): Promise<string[]> {
    const { store, files } = this.#parts;
    const place = await files.target(file);
    const others: string[] = [];
    for (const other of store.list()) {
      if (other.id === id) continue;
      const elsewhere = await files.target(other.file);
      if ((place.ok && elsewhere.ok && place.value === elsewhere.value) || other.file === file)
        others.push(other.id);
    }
    return others;
  }
}
