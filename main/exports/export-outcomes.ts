import { aboutFile } from '../../contract/about-file.ts';
import type { ExportView } from '../../contract/export.ts';
import type { ExportId } from '../../contract/ids.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import type { ActivityStore, ExportStore } from '../store/ports.ts';
import type { ConnectionRecord, ExportRecord, PipeIdentity } from '../store/records.ts';
import type { ExportFiles } from './export-files.ts';
import { exportView } from './export-view.ts';
import { followedConnection, type ExportConnections } from './followed-connection.ts';
import { isSamePipe } from './pipes/same-pipe.ts';
import { withWrite, type WriteTrigger } from './write-history.ts';
import type { WriteFailure, WriteResult } from './write-result.ts';
import type { WriteTimers } from './write-timers.ts';

export interface ExportOutcomesParts {
  store: Pick<ExportStore, 'get' | 'save'>;
  connections: ExportConnections;
  files: ExportFiles;
  timers: WriteTimers;
  clock: Clock;
  logger: Logger;
  activity: Pick<ActivityStore, 'append'>;
}

/** A record as it is to be stored: what was written is known better by the store than by whoever started to write. */
export const withStoredDigests = (store: Pick<ExportStore, 'get'>, record: ExportRecord): ExportRecord => ({
  ...record,
  digests: store.get(record.id)?.digests,
});

/** Stores the outcome of each write, reports it once, and gives the current view of each export. */
export class ExportOutcomes {
  readonly #parts: ExportOutcomesParts;
  /** Where the content could get to. */
  readonly #placeWarnings = new Map<ExportId, string[]>();
  /** Of the last write. */
  readonly #contentWarnings = new Map<ExportId, string[]>();
  /** The view that was last emitted, as JSON. */
  readonly #emitted = new Map<ExportId, string>();
  readonly #changed = new Emitter<ExportView>();
  readonly onChange = this.#changed.event;

  constructor(parts: ExportOutcomesParts) {
    this.#parts = parts;
  }

  /** Checks where the content could get to besides this file; starts one or two processes. */
  async checkPlace({ id, file, mode }: ExportRecord): Promise<void> {
    // Git and programs that sync folders skip pipes.
    if (mode === 'pipe') return void this.#placeWarnings.set(id, []);
    const place = await this.#parts.files.target(file);
    this.#placeWarnings.set(id, place.ok ? await this.#parts.files.warnings(place.value) : []);
  }

  /** Not checked since the start, or had warnings whose cause the user may have fixed in the meantime. */
  isPlaceInDoubt(id: ExportId): boolean {
    return this.#placeWarnings.get(id)?.length !== 0;
  }

  removed(id: ExportId): void {
    for (const known of [this.#placeWarnings, this.#contentWarnings, this.#emitted]) known.delete(id);
  }

  succeeded(before: ExportRecord, written: WriteResult, trigger: WriteTrigger): ExportView {
    const { changed, warnings, narrowedFrom, connection, from, pipe } = written;
    const now = this.#parts.clock.now();
    const record = changed
      ? withWrite(before, { now: from, connection, trigger, at: now })
      : { ...before, pipe, from: { ...(before.from ?? from), expiresAt: from.expiresAt } };
    this.#contentWarnings.set(record.id, warnings);
    this.#parts.timers.succeeded(record.id);
    // Fixed by this write, so it is reported once rather than kept as a warning.
    if (narrowedFrom !== null) {
      const mode = narrowedFrom.toString(8);
      const message = `Other users could read ${record.file} (mode ${mode}); now only you can (600).`;
      this.log(record, 'warning', 'export.narrowed', message);
    }
    if (record.error !== null) {
      this.log(record, 'info', 'export.recovered', `${record.file} is up to date again.`);
    }
    const writtenAt = changed ? now : (record.writtenAt ?? now);
    const isKnown =
      writtenAt === record.writtenAt &&
      before.from?.expiresAt === from.expiresAt &&
      isSamePipe(before.pipe, pipe);
    if (isKnown && record.error === null) return this.#emit(record);
    return this.#save({ ...record, writtenAt, error: null });
  }

  /** A pipe was read. */
  wasRead(record: ExportRecord, pipe: PipeIdentity, gaveVariables: boolean): ExportView {
    const error = gaveVariables ? null : record.error;
    if (error === null && record.error !== null)
      this.log(record, 'info', 'export.recovered', `${record.file} is up to date again.`);
    return this.#save({ ...record, pipe, readAt: this.#parts.clock.now(), error });
  }

  failed(record: ExportRecord, { failure: error, retry }: WriteFailure): void {
    // The app is ending, or locked; the next start or unlocking writes it.
    if (error.code === 'cancelled' || error.code === 'locked') return;
    if (record.error?.failure.code !== error.code) {
      this.#parts.logger.warn('export.failed', { id: record.id, code: error.code });
      this.log(record, 'error', 'export.failed', aboutFile(record.file, error.message));
    }
    if (record.error?.failure.message !== error.message) {
      this.#save({
        ...record,
        error: { since: record.error?.since ?? this.#parts.clock.now(), failure: error },
      });
    } else this.#emit(record);
    if (retry) this.#parts.timers.scheduleRetry(record.id);
  }

  #save(record: ExportRecord): ExportView {
    const saved = this.#parts.store.save(withStoredDigests(this.#parts.store, record));
    if (!saved.ok) this.#parts.logger.warn('export.not-saved', { id: record.id, code: saved.error.code });
    return this.#emit(record);
  }

  /** Even when the record is unchanged: the connection that it follows may be a different one, or may have a new name. */
  #emit(record: ExportRecord): ExportView {
    const view = this.view(record);
    this.#emitted.set(record.id, JSON.stringify(view));
    this.#changed.emit(view);
    return view;
  }

  /** The record and its file are unchanged: emits only if the view of the connection changed. */
  viewChanged(record: ExportRecord): void {
    if (this.#emitted.get(record.id) !== JSON.stringify(this.view(record))) this.#emit(record);
  }

  view(record: ExportRecord): ExportView {
    return exportView(record, this.#connectionOf(record), {
      due: this.#parts.timers.isDue(record.id),
      warnings: [
        ...(this.#placeWarnings.get(record.id) ?? []),
        ...(this.#contentWarnings.get(record.id) ?? []),
      ],
    });
  }

  #connectionOf({ target }: ExportRecord): ConnectionRecord | null {
    const connection = followedConnection(this.#parts.connections, target);
    return connection.ok ? connection.value : null;
  }

  log(record: ExportRecord, level: 'info' | 'warning' | 'error', event: string, message: string): void {
    this.#parts.activity.append({
      at: isoTime(this.#parts.clock.now()),
      level,
      event,
      message,
      connection: this.#connectionOf(record)?.id ?? null,
      export: record.id,
    });
  }
}
