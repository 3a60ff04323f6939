import path from 'node:path';
import type { ExportView } from '../../contract/export.ts';
import type { ExportId } from '../../contract/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Emitter } from '../lib/emitter.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import type { ExportStore } from '../store/ports.ts';
import type { ExportRecord } from '../store/records.ts';
import type { ExportChanges } from './export-changes.ts';
import type { ExportFiles } from './export-files.ts';
import type { ExportOutcomes } from './export-outcomes.ts';
import type { ExportPlaces } from './export-places.ts';
import type { ExportSources } from './export-sources.ts';
import type { ExportWriter } from './export-writer.ts';
import { exportNotFound, findExport } from './find-export.ts';
import { followedConnection, type ExportConnections } from './followed-connection.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import { newExport } from './new-export.ts';
import type { ExportRequest } from './ports.ts';
import type { PresetRegistry } from './presets/registry.ts';
import type { WriteTimers } from './write-timers.ts';

export interface ExportRequestsParts {
  /** The data folder, in which nothing is exported. */
  home: string;
  store: ExportStore;
  connections: ExportConnections;
  presets: Pick<PresetRegistry, 'get'>;
  files: ExportFiles;
  writer: ExportWriter;
  places: ExportPlaces;
  sources: ExportSources;
  timers: WriteTimers;
  outcomes: ExportOutcomes;
  changes: ExportChanges;
  removed: Emitter<ExportId>;
  queue: KeyedQueue;
  clock: Clock;
  newId: () => ExportId;
}

/** Adds, changes and removes exports as a person asks for; one is added or changed after another, so that no two get the same place. */
export class ExportRequests {
  readonly #parts: ExportRequestsParts;

  constructor(parts: ExportRequestsParts) {
    this.#parts = parts;
  }

  add(request: ExportRequest): Promise<Result<ExportView>> {
    const { queue, store, clock, newId } = this.#parts;
    return queue.run('add', async () => {
      const left = this.#leftBehind(request);
      if (left !== undefined) return this.#changeTo(left, request);
      const fresh = { id: newId(), createdAt: clock.now() };
      const record = await this.#newRecord(request, store.list(), fresh);
      if (!record.ok) return record;
      // Stored before the file is written: a crash in between leaves an export without lines, never lines without an export.
      const saved = store.save(record.value);
      if (!saved.ok) return saved;
      return queue.run(fresh.id, () => this.#writeFirst(record.value, request.allowDuplicateKeys));
    });
  }

  change(reference: string, request: ExportRequest): Promise<Result<ExportView>> {
    const { queue, store } = this.#parts;
    return queue.run('add', async () => {
      const found = findExport(store.list(), reference);
      return found.ok ? this.#changeTo(found.value, request) : found;
    });
  }

  async remove(
    reference: string,
    { keepFile }: { keepFile: boolean },
  ): Promise<Result<{ id: ExportId; file: string }>> {
    const { queue, store, timers, sources, outcomes, removed: gone } = this.#parts;
    const named = findExport(store.list(), reference);
    if (!named.ok) return named;
    const { id } = named.value;
    return queue.run(id, async () => {
      // It may have been changed while this was queued.
      const found = store.get(id);
      if (found === null) return exportNotFound(reference);
      const { file } = found;
      // A pipe that nobody answers would have its readers wait for ever.
      const takenOut = keepFile && found.mode !== 'pipe' ? ok(undefined) : await this.#removeLines(found);
      if (!takenOut.ok) return takenOut;
      const removed = store.remove(id);
      if (!removed.ok) return removed;
      timers.forget(id);
      sources.forget(id);
      outcomes.removed(id);
      outcomes.log(found, 'info', 'export.removed', `${file} is no longer kept up to date.`);
      gone.emit(id);
      return ok({ id, file });
    });
  }

  async #writeFirst(record: ExportRecord, allowDuplicates: boolean): Promise<Result<ExportView>> {
    const { writer, store, timers, sources, outcomes } = this.#parts;
    const written = await writer.write(record, { refuseDuplicates: !allowDuplicates });
    if (!written.ok) {
      const dropped = store.remove(record.id);
      timers.forget(record.id);
      sources.forget(record.id);
      return dropped.ok ? failure(written.error.failure) : dropped;
    }
    await outcomes.checkPlace(record);
    outcomes.log(record, 'info', 'export.added', `${record.file} is kept up to date.`);
    return ok(outcomes.succeeded(record, written.value, 'added'));
  }

  async #changeTo({ id, createdAt }: ExportRecord, request: ExportRequest): Promise<Result<ExportView>> {
    const { store, queue, changes } = this.#parts;
    const others = store.list().filter((other) => other.id !== id);
    const record = await this.#newRecord(request, others, { id, createdAt });
    if (!record.ok) return record;
    return queue.run(id, () => changes.make(record.value, !request.allowDuplicateKeys));
  }

  async #newRecord(
    request: ExportRequest,
    others: readonly ExportRecord[],
    fresh: Pick<ExportRecord, 'id' | 'createdAt'>,
  ): Promise<Result<ExportRecord>> {
    const { presets, files, home } = this.#parts;
    const preset = presets.get(request.preset);
    if (!preset.ok) return failure({ ...preset.error, field: 'preset' });
    return newExport(request, preset.value, others, files, home, fresh);
  }

  async #removeLines(record: ExportRecord): Promise<Result<void>> {
    const { places } = this.#parts;
    const former = await places.removeFormerLines(record);
    return former.ok ? places.removeLines(record) : former;
  }

  /** The same export of a connection that was removed, or of a folder that is bound to none: to add it again is to have it follow another one. */
  #leftBehind({ file, preset }: ExportRequest): ExportRecord | undefined {
    const { store, connections } = this.#parts;
    return store
      .list()
      .find(
        (other) =>
          other.file === path.normalize(file) &&
          other.preset === preset &&
          other.target.follows !== 'active' &&
          !followedConnection(connections, other.target).ok,
      );
  }
}
