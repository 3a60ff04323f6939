import type { Failure } from '../../contract/errors.ts';
import type { ExportView } from '../../contract/export.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import type { ExportStore } from '../store/ports.ts';
import type { ExportRecord, FormerPlace } from '../store/records.ts';
import { withStoredDigests, type ExportOutcomes } from './export-outcomes.ts';
import type { ExportWriter } from './export-writer.ts';
import { exportNotFound } from './find-export.ts';
import type { WriteTimers } from './write-timers.ts';

/** Changes an export and keeps its id. Call it from the queue of that id. */
export class ExportChanges {
  readonly #store: Pick<ExportStore, 'get' | 'save'>;
  readonly #writer: ExportWriter;
  readonly #timers: WriteTimers;
  readonly #outcomes: ExportOutcomes;

  constructor(
    store: Pick<ExportStore, 'get' | 'save'>,
    writer: ExportWriter,
    timers: WriteTimers,
    outcomes: ExportOutcomes,
  ) {
    this.#store = store;
    this.#writer = writer;
    this.#timers = timers;
    this.#outcomes = outcomes;
  }

  /**
   * Everything that can be refused is checked before anything is stored. The change is stored, with the former place,
   * before the file is written: after a crash in between, the next start finishes it.
   */
  async make(wanted: ExportRecord, refuseDuplicates: boolean): Promise<Result<ExportView>> {
    const before = this.#store.get(wanted.id);
    if (before === null) return exportNotFound(wanted.id);
    const cleared = await this.#writer.removeFormerLines(before);
    if (!cleared.ok) return cleared;
    const next: ExportRecord = { ...wanted, former: placeOf(before) };
    const checked = await this.#writer.write(next, { refuseDuplicates, onlyCheck: true });
    if (!checked.ok) return failure(checked.error.failure);
    const saved = this.#store.save(next);
    if (!saved.ok) return saved;
    this.#timers.writeStarted(next.id);
    const written = await this.#writer.write(next, { refuseDuplicates });
    if (!written.ok) return this.#undo(before, null, written.error.failure);
    const takenOut = await this.#writer.removeFormerLines(next);
    if (!takenOut.ok)
      return this.#undo(before, placeOf(withStoredDigests(this.#store, next)), takenOut.error);
    await this.#outcomes.checkPlace(next);
    this.#outcomes.log(next, 'info', 'export.changed', `${next.file} was changed and is kept up to date.`);
    return ok(this.#outcomes.succeeded({ ...next, former: null }, written.value));
  }

  /** Finishes an interrupted change: removes our lines from the former place. Gives the updated record. */
  async finish(record: ExportRecord): Promise<Result<ExportRecord>> {
    if (record.former === null) return ok(record);
    const takenOut = await this.#writer.removeFormerLines(record);
    if (!takenOut.ok) return takenOut;
    const finished = withStoredDigests(this.#store, { ...record, former: null });
    const saved = this.#store.save(finished);
    return saved.ok ? ok(finished) : saved;
  }

  /** Restores the export. `written`: where our lines are by now and have to be removed again. */
  #undo(before: ExportRecord, written: FormerPlace | null, reason: Failure): Result<never> {
    const saved = this.#store.save({ ...before, former: written });
    this.#writer.forget(before.id);
    // Written again in any case, from whichever record is stored; that also removes our lines from the other place.
    this.#timers.schedule(before.id, 0);
    return saved.ok ? failure(reason) : saved;
  }
}

const placeOf = ({ file, preset, format, mode, digests }: ExportRecord): FormerPlace => ({
  file,
  preset,
  format,
  mode,
  digests,
});
