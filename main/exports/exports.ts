import { randomInt } from 'node:crypto';
import path from 'node:path';
import { ExportId, type ConnectionId } from '../../contract/ids.ts';
import type { ExportView } from '../../contract/export.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { ActivityStore, ExportStore } from '../store/ports.ts';
import type { ConnectionRecord, ExportRecord } from '../store/records.ts';
import { nodeExportFiles, type ExportFiles } from './export-files.ts';
import { exportView } from './export-view.ts';
import {
  ExportWriter,
  followed,
  type ExportConnections,
  type WriteFailure,
  type Written,
} from './export-writer.ts';
import { newExport, type AddRequest } from './new-export.ts';
import type { Exports, ReadCredentials } from './ports.ts';
import { render } from './render.ts';
import { Sequence } from './sequence.ts';
import { WriteTimers } from './write-timers.ts';

/** Several changes of one refresh or switch become one write. */
const DEBOUNCE_MS = 50;

export interface ExportsDependencies {
  /** The data folder, in which nothing is exported. */
  home: string;
  store: ExportStore;
  connections: ExportConnections;
  readCredentials: ReadCredentials;
  clock: Clock;
  logger: Logger;
  activity: Pick<ActivityStore, 'append'>;
  files?: ExportFiles;
  newId?: () => ExportId;
}

/** Files kept up to date with a connection. */
export const createExports = (dependencies: ExportsDependencies): Exports => new ExportService(dependencies);

const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const randomId = (): ExportId =>
  ExportId.parse(Array.from({ length: 8 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join(''));

/** Operations on one export are sequenced by its id, so that an older token is never written over a newer one. */
class ExportService implements Exports {
  readonly #home: string;
  readonly #store: ExportStore;
  readonly #connections: ExportConnections;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #activity: Pick<ActivityStore, 'append'>;
  readonly #files: ExportFiles;
  readonly #newId: () => ExportId;
  readonly #writer: ExportWriter;
  readonly #timers: WriteTimers;
  readonly #sequence = new Sequence();
  readonly #warnings = new Map<ExportId, string[]>();
  readonly #changed = new Emitter<ExportView>();
  readonly #removed = new Emitter<ExportId>();

  readonly onChange = this.#changed.event;
  readonly onRemoved = this.#removed.event;
  readonly render = render;

  constructor({
    home,
    store,
    connections,
    readCredentials,
    clock,
    logger,
    activity,
    files,
    newId,
  }: ExportsDependencies) {
    this.#home = home;
    this.#store = store;
    this.#connections = connections;
    this.#clock = clock;
    this.#logger = logger;
    this.#activity = activity;
    this.#files = files ?? nodeExportFiles;
    this.#newId = newId ?? randomId;
    this.#writer = new ExportWriter(connections, readCredentials, this.#files, this.#sequence);
    this.#timers = new WriteTimers(clock, (id) => {
      void this.#write(id, false).catch((fault: unknown) => {
        logger.error('export.fault', { id, fault: fault instanceof Error ? fault.name : 'unknown' });
      });
    });
  }

  start(): void {
    for (const { id } of this.#store.list()) this.#timers.soon(id, 0);
  }

  list(): ExportView[] {
    return this.#store.list().map((record) => this.#view(record));
  }

  following(id: ConnectionId): ExportView[] {
    return this.list().filter(({ target }) => target.follows === 'connection' && target.connection === id);
  }

  add(request: AddRequest): Promise<Result<ExportView>> {
    return this.#sequence.run('add', async () => {
      const fresh = { id: this.#newId(), createdAt: this.#clock.now() };
      const record = await newExport(request, this.#store.list(), this.#files, this.#home, fresh);
      if (!record.ok) return record;
      // Kept before the file is written: a crash in between leaves an export to write, never lines without one.
      const saved = this.#store.save(record.value);
      if (!saved.ok) return saved;
      return this.#sequence.run(fresh.id, () => this.#writeFirst(record.value, request.allowDuplicateKeys));
    });
  }

  async #writeFirst(record: ExportRecord, allowDuplicates: boolean): Promise<Result<ExportView>> {
    const written = await this.#writer.write(record, { refuseDuplicates: !allowDuplicates });
    if (!written.ok) {
      const dropped = this.#store.remove(record.id);
      this.#timers.forget(record.id);
      return dropped.ok ? failure(written.error.failure) : dropped;
    }
    await this.#checkPlace(record);
    this.#note(record, 'info', 'export.added', `${record.file} is kept up to date.`);
    return ok(this.#succeeded(record, written.value));
  }

  async write(reference: string | null): Promise<Result<ExportView[]>> {
    const records = reference === null ? this.#store.list() : this.#find(reference);
    if (reference !== null && records.length === 0) return notFound(reference);
    await Promise.all(records.map(({ id }) => this.#write(id, true)));
    const ids = new Set(records.map(({ id }) => id));
    return ok(this.list().filter(({ id }) => ids.has(id)));
  }

  async remove(
    reference: string,
    { keepFile }: { keepFile: boolean },
  ): Promise<Result<{ id: ExportId; file: string }>> {
    const [found, ...others] = this.#find(reference);
    if (found === undefined) return notFound(reference);
    if (others.length > 0) {
      const ids = [found, ...others].map(({ id, preset }) => `${id} (${preset})`).join(', ');
      return fail('ambiguous', `Several exports write ${found.file}.`, `Name one by its id: ${ids}.`);
    }
    const { id, file } = found;
    return this.#sequence.run(id, async () => {
      const takenOut = keepFile ? ok(undefined) : await this.#writer.takeOut(found);
      if (!takenOut.ok) return takenOut;
      const removed = this.#store.remove(id);
      if (!removed.ok) return removed;
      this.#timers.forget(id);
      this.#warnings.delete(id);
      this.#note(found, 'info', 'export.removed', `${file} is no longer kept up to date.`);
      this.#removed.emit(id);
      return ok({ id, file });
    });
  }

  connectionChanged(id: ConnectionId): void {
    for (const { id: exportId, target } of this.#store.list()) {
      const followedId =
        target.follows === 'connection' ? target.connection : this.#connections.active(target.provider);
      if (followedId === id) this.#timers.soon(exportId, DEBOUNCE_MS);
    }
  }

  activeChanged(): void {
    for (const { id, target } of this.#store.list()) {
      if (target.follows === 'active') this.#timers.soon(id, DEBOUNCE_MS);
    }
  }

  async drain(): Promise<void> {
    this.#timers.flush();
    await this.#sequence.idle();
  }

  async dispose(): Promise<void> {
    this.#timers.dispose();
    await this.#sequence.idle();
  }

  #find(reference: string): ExportRecord[] {
    const records = this.#store.list();
    const byId = records.filter(({ id }) => id === reference);
    return byId.length > 0 ? byId : records.filter(({ file }) => file === path.normalize(reference));
  }

  #write(id: ExportId, asked: boolean): Promise<void> {
    return this.#sequence.run(id, async () => {
      const record = this.#store.get(id);
      if (record === null) return;
      this.#timers.began(id);
      const written = await this.#writer.write(record, { refuseDuplicates: false });
      if (asked) await this.#checkPlace(record);
      if (written.ok) this.#succeeded(record, written.value);
      else this.#failed(record, written.error);
    });
  }

  /** Looks once at where the content could get to; that holds until the person adds or writes again. */
  async #checkPlace({ id, file }: ExportRecord): Promise<void> {
    const place = await this.#files.target(file);
    this.#warnings.set(id, place.ok ? await this.#files.warnings(place.value) : []);
  }

  #succeeded(record: ExportRecord, { changed, warnings, narrowedFrom }: Written): ExportView {
    const known = this.#warnings.get(record.id) ?? [];
    const news = warnings.filter((warning) => !known.includes(warning));
    this.#warnings.set(record.id, [...known, ...news]);
    this.#timers.succeeded(record.id);
    // Over with this write: said once, not a warning that stays.
    if (narrowedFrom !== null) {
      const mode = narrowedFrom.toString(8);
      const message = `Other users could read ${record.file} (mode ${mode}); now only you can (600).`;
      this.#note(record, 'warning', 'export.narrowed', message);
    }
    if (record.error !== null) {
      this.#note(record, 'info', 'export.recovered', `${record.file} is up to date again.`);
    }
    const writtenAt = changed ? this.#clock.now() : (record.writtenAt ?? this.#clock.now());
    if (writtenAt === record.writtenAt && record.error === null) return this.#tell(record);
    return this.#save({ ...record, writtenAt, error: null });
  }

  #failed(record: ExportRecord, { failure: error, retry }: WriteFailure): void {
    // The app is ending; the next start writes it.
    if (error.code === 'cancelled') return;
    if (record.error?.failure.code !== error.code) {
      this.#logger.warn('export.failed', { id: record.id, code: error.code });
      this.#note(record, 'error', 'export.failed', `${record.file} was not written. ${error.message}`);
    }
    if (record.error?.failure.message !== error.message) {
      this.#save({ ...record, error: { since: record.error?.since ?? this.#clock.now(), failure: error } });
    } else this.#tell(record);
    if (retry) this.#timers.again(record.id);
  }

  #save(record: ExportRecord): ExportView {
    const saved = this.#store.save(record);
    if (!saved.ok) this.#logger.warn('export.not-saved', { id: record.id, code: saved.error.code });
    return this.#tell(record);
  }

  /** Also when the record is as it was: the connection that it follows may be another, or have another name. */
  #tell(record: ExportRecord): ExportView {
    const view = this.#view(record);
    this.#changed.emit(view);
    return view;
  }

  #view(record: ExportRecord): ExportView {
    return exportView(record, this.#connectionOf(record), {
      due: this.#timers.isDue(record.id),
      warnings: this.#warnings.get(record.id) ?? [],
    });
  }

  #connectionOf({ target }: ExportRecord): ConnectionRecord | null {
    const connection = followed(this.#connections, target);
    return connection.ok ? connection.value : null;
  }

  #note(record: ExportRecord, level: 'info' | 'warning' | 'error', event: string, message: string): void {
    this.#activity.append({
      at: isoTime(this.#clock.now()),
      level,
      event,
      message,
      connection: this.#connectionOf(record)?.id ?? null,
      export: record.id,
    });
  }
}

const notFound = (reference: string) =>
  fail('not-found', `No export has the id or file “${reference}”.`, 'List them: tokentray export list');
