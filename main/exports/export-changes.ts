import type { Failure } from '../../contract/errors.ts';
import type { ExportView } from '../../contract/export.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import type { ExportStore } from '../store/ports.ts';
import type { ExportRecord, FormerPlace } from '../store/records.ts';
import type { ExportOutcomes } from './export-outcomes.ts';
import type { ExportWriter } from './export-writer.ts';
import { exportNotFound } from './find-export.ts';
import type { WriteTimers } from './write-timers.ts';

/** Makes an export into another under its id. Call within what is sequenced by that id. */
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
   * Whatever can be refused is asked before anything is kept. The change is kept before the file is written, with the
   * place before it: a crash in between leaves a change to finish at the next start.
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
    if (!takenOut.ok) return this.#undo(before, placeOf(next), takenOut.error);
    await this.#outcomes.checkPlace(next);
    this.#outcomes.log(next, 'info', 'export.changed', `${next.file} was changed and is kept up to date.`);
    return ok(this.#outcomes.succeeded({ ...next, former: null }, written.value));
  }

  /** Ends a change that was cut short: our lines leave the place before it. Gives the record as it is then. */
  async finish(record: ExportRecord): Promise<Result<ExportRecord>> {
    if (record.former === null) return ok(record);
    const takenOut = await this.#writer.removeFormerLines(record);
    if (!takenOut.ok) return takenOut;
    const finished = { ...record, former: null };
    const saved = this.#store.save(finished);
    return saved.ok ? ok(finished) : saved;
  }

  /** The export as it was. `written`: where our lines stand by now and have to come out again. */
  #undo(before: ExportRecord, written: FormerPlace | null, reason: Failure): Result<never> {
    const saved = this.#store.save({ ...before, former: written });
    this.#writer.forget(before.id);
    // Written again in any case, as whichever of both is kept; our lines leave the other place with that.
    this.#timers.schedule(before.id, 0);
    return saved.ok ? failure(reason) : saved;
  }
}

const placeOf = ({ file, preset, format, mode }: ExportRecord): FormerPlace => ({
  file,
  preset,
  format,
  mode,
});
