import type { Failure } from '../../contract/errors.ts';
import type { ExportView } from '../../contract/export.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import type { ExportStore } from '../store/ports.ts';
import type { ExportRecord, FormerPlace } from '../store/records.ts';
import { withStoredDigests, type ExportOutcomes } from './export-outcomes.ts';
import type { ExportPlaces } from './export-places.ts';
import type { ExportSources } from './export-sources.ts';
import type { ExportWriter } from './export-writer.ts';
import { exportNotFound } from './find-export.ts';
import type { WriteTimers } from './write-timers.ts';

export interface ExportChangesParts {
  store: Pick<ExportStore, 'get' | 'save'>;
  writer: ExportWriter;
  places: ExportPlaces;
  sources: ExportSources;
  timers: WriteTimers;
  outcomes: ExportOutcomes;
}

/** Changes an export and keeps its id. Call it from the queue of that id. */
export class ExportChanges {
  readonly #parts: ExportChangesParts;

  constructor(parts: ExportChangesParts) {
    this.#parts = parts;
  }

  /**
   * Everything that can be refused is checked before anything is stored. The change is stored, with the former place,
   * before the file is written: after a crash in between, the next start finishes it.
   */
  async make(wanted: ExportRecord, refuseDuplicates: boolean): Promise<Result<ExportView>> {
    const { store, writer, places, timers, outcomes } = this.#parts;
    const before = store.get(wanted.id);
    if (before === null) return exportNotFound(wanted.id);
    const cleared = await places.removeFormerLines(before);
    if (!cleared.ok) return cleared;
    const { pipe, readAt, from, writes } = before;
    const next: ExportRecord = { ...wanted, former: placeOf(before), pipe, readAt, from, writes };
    const checked = await writer.write(next, { refuseDuplicates, onlyCheck: true });
    if (!checked.ok) return failure(checked.error.failure);
    const saved = store.save(next);
    if (!saved.ok) return saved;
    timers.writeStarted(next.id);
    const written = await writer.write(next, { refuseDuplicates });
    if (!written.ok) return this.#undo(before, null, written.error.failure);
    const takenOut = await places.removeFormerLines(next);
    if (!takenOut.ok) return this.#undo(before, placeOf(withStoredDigests(store, next)), takenOut.error);
    await outcomes.checkPlace(next);
    outcomes.log(next, 'info', 'export.changed', `${next.file} was changed and is kept up to date.`);
    return ok(outcomes.succeeded({ ...next, former: null }, written.value, 'changed'));
  }

  /** Finishes an interrupted change: removes our lines from the former place. Gives the updated record. */
  async finish(record: ExportRecord): Promise<Result<ExportRecord>> {
    if (record.former === null) return ok(record);
    const { store, places } = this.#parts;
    const takenOut = await places.removeFormerLines(record);
    if (!takenOut.ok) return takenOut;
    const finished = withStoredDigests(store, { ...record, former: null });
    const saved = store.save(finished);
    return saved.ok ? ok(finished) : saved;
  }

  /** Restores the export. `written`: where our lines are by now and have to be removed again. */
  #undo(before: ExportRecord, written: FormerPlace | null, reason: Failure): Result<never> {
    const { store, sources, timers } = this.#parts;
    const saved = store.save({ ...before, former: written });
    sources.forget(before.id);
    // Written again in any case, from whichever record is stored; that also removes our lines from the other place.
    timers.schedule(before.id, 0);
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
