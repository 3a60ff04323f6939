import { randomInt } from 'node:crypto';
import path from 'node:path';
import { ExportId, type ConnectionId } from '../../contract/ids.ts';
import type { ExportView } from '../../contract/export.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { failure, ok, type Result } from '../lib/result.ts';
import type { ActivityStore, ExportStore } from '../store/ports.ts';
import type { ExportRecord } from '../store/records.ts';
import { nodeExportFiles, type ExportFiles } from './export-files.ts';
import { ExportOutcomes } from './export-outcomes.ts';
import { ExportWriter, type ExportConnections } from './export-writer.ts';
import { ExportChanges } from './export-changes.ts';
import { exportNotFound, findExport, findExports } from './find-export.ts';
import { newExport } from './new-export.ts';
import type { MaskedCredentials, ReadCredentials } from '../credentials/ports.ts';
import type { ExportRequest, Exports } from './ports.ts';
import type { PresetRegistry } from './presets/registry.ts';
import { createRenderer } from './renderer.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { WriteTimers } from './write-timers.ts';

/** Several changes of one refresh or switch become one write. */
const DEBOUNCE_MS = 50;

export interface ExportsDependencies {
  /** The data folder, in which nothing is exported. */
  home: string;
  store: ExportStore;
  connections: ExportConnections;
  readCredentials: ReadCredentials;
  maskedCredentials: MaskedCredentials;
  presets: Pick<PresetRegistry, 'get'>;
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

/** Operations on one export are queued by its id, so that an older token is never written over a newer one. */
class ExportService implements Exports {
  readonly #home: string;
  readonly #store: ExportStore;
  readonly #connections: ExportConnections;
  readonly #presets: Pick<PresetRegistry, 'get'>;
  readonly #clock: Clock;
  readonly #files: ExportFiles;
  readonly #newId: () => ExportId;
  readonly #writer: ExportWriter;
  readonly #timers: WriteTimers;
  readonly #outcomes: ExportOutcomes;
  readonly #changes: ExportChanges;
  readonly #queue = new KeyedQueue();
  readonly #removed = new Emitter<ExportId>();

  readonly onChange: Exports['onChange'];
  readonly onRemoved = this.#removed.event;
  readonly render: Exports['render'];

  constructor({
    home,
    store,
    connections,
    readCredentials,
    maskedCredentials,
    presets,
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
    this.#files = files ?? nodeExportFiles;
    this.#newId = newId ?? randomId;
    this.#presets = presets;
    const renderer = createRenderer(presets, connections, maskedCredentials);
    this.render = renderer.render;
    this.#writer = new ExportWriter({
      ...{ connections, readCredentials, maskedCredentials, presets, renderer, store },
      files: this.#files,
      queue: this.#queue,
      isKnown: (id) => store.list().some((record) => record.id === id),
    });
    this.#timers = new WriteTimers(clock, (id) => {
      void this.#write(id, false).catch((fault: unknown) => {
        logger.error('export.fault', { id, fault: fault instanceof Error ? fault.name : 'unknown' });
      });
    });
    this.#outcomes = new ExportOutcomes({
      store,
      connections,
      files: this.#files,
      timers: this.#timers,
      clock,
      logger,
      activity,
    });
    this.#changes = new ExportChanges(store, this.#writer, this.#timers, this.#outcomes);
    this.onChange = this.#outcomes.onChange;
  }

  start(): void {
    for (const { id } of this.#store.list()) this.#timers.schedule(id, 0);
  }

  list(): ExportView[] {
    return this.#store.list().map((record) => this.#outcomes.view(record));
  }

  following(id: string): ExportView[] {
    return this.list().filter(({ target }) => target.follows === 'connection' && target.connection === id);
  }

  add(request: ExportRequest): Promise<Result<ExportView>> {
    return this.#queue.run('add', async () => {
      const left = this.#leftBehind(request);
      if (left !== undefined) return this.#changeTo(left, request);
      const fresh = { id: this.#newId(), createdAt: this.#clock.now() };
      const record = await this.#newRecord(request, this.#store.list(), fresh);
      if (!record.ok) return record;
      // Stored before the file is written: a crash in between leaves an export without lines, never lines without an export.
      const saved = this.#store.save(record.value);
      if (!saved.ok) return saved;
      return this.#queue.run(fresh.id, () => this.#writeFirst(record.value, request.allowDuplicateKeys));
    });
  }

  async #writeFirst(record: ExportRecord, allowDuplicates: boolean): Promise<Result<ExportView>> {
    const written = await this.#writer.write(record, { refuseDuplicates: !allowDuplicates });
    if (!written.ok) {
      const dropped = this.#store.remove(record.id);
      this.#timers.forget(record.id);
      this.#writer.forget(record.id);
      return dropped.ok ? failure(written.error.failure) : dropped;
    }
    await this.#outcomes.checkPlace(record);
    this.#outcomes.log(record, 'info', 'export.added', `${record.file} is kept up to date.`);
    return ok(this.#outcomes.succeeded(record, written.value));
  }

  change(reference: string, request: ExportRequest): Promise<Result<ExportView>> {
    return this.#queue.run('add', async () => {
      const found = findExport(this.#store.list(), reference);
      return found.ok ? this.#changeTo(found.value, request) : found;
    });
  }

  async #changeTo({ id, createdAt }: ExportRecord, request: ExportRequest): Promise<Result<ExportView>> {
    const others = this.#store.list().filter((other) => other.id !== id);
    const record = await this.#newRecord(request, others, { id, createdAt });
    if (!record.ok) return record;
    return this.#queue.run(id, () => this.#changes.make(record.value, !request.allowDuplicateKeys));
  }

  async #newRecord(
    request: ExportRequest,
    others: readonly ExportRecord[],
    fresh: Pick<ExportRecord, 'id' | 'createdAt'>,
  ): Promise<Result<ExportRecord>> {
    const preset = this.#presets.get(request.preset);
    if (!preset.ok) return preset;
    const isTemplate = preset.value.kind === 'template';
    return newExport(request, others, this.#files, this.#home, fresh, isTemplate);
  }

  /** The same export of a connection that was removed: to add it again is to have it follow another one. */
  #leftBehind({ file, preset }: ExportRequest): ExportRecord | undefined {
    return this.#store
      .list()
      .find(
        (other) =>
          other.file === path.normalize(file) &&
          other.preset === preset &&
          other.target.follows === 'connection' &&
          this.#connections.get(other.target.connection) === null,
      );
  }

  async write(reference: string | null): Promise<Result<ExportView[]>> {
    const records = reference === null ? this.#store.list() : findExports(this.#store.list(), reference);
    if (reference !== null && records.length === 0) return exportNotFound(reference);
    await Promise.all(records.map(({ id }) => this.#write(id, true)));
    const ids = new Set(records.map(({ id }) => id));
    return ok(this.list().filter(({ id }) => ids.has(id)));
  }

  async remove(
    reference: string,
    { keepFile }: { keepFile: boolean },
  ): Promise<Result<{ id: ExportId; file: string }>> {
    const named = findExport(this.#store.list(), reference);
    if (!named.ok) return named;
    const { id } = named.value;
    return this.#queue.run(id, async () => {
      // It may have been changed while this was queued.
      const found = this.#store.get(id);
      if (found === null) return exportNotFound(reference);
      const { file } = found;
      const takenOut = keepFile ? ok(undefined) : await this.#removeLines(found);
      if (!takenOut.ok) return takenOut;
      const removed = this.#store.remove(id);
      if (!removed.ok) return removed;
      this.#timers.forget(id);
      this.#writer.forget(id);
      this.#outcomes.removed(id);
      this.#outcomes.log(found, 'info', 'export.removed', `${file} is no longer kept up to date.`);
      this.#removed.emit(id);
      return ok({ id, file });
    });
  }

  async #removeLines(record: ExportRecord): Promise<Result<void>> {
    const former = await this.#writer.removeFormerLines(record);
    return former.ok ? this.#writer.removeLines(record) : former;
  }

  connectionChanged(id: ConnectionId): void {
    for (const record of this.#store.list()) {
      const { target } = record;
      const followedId =
        target.follows === 'connection' ? target.connection : this.#connections.active(target.provider);
      if (followedId === id) this.#sourceChanged(record);
    }
  }

  activeChanged(): void {
    for (const record of this.#store.list()) {
      if (record.target.follows === 'active') this.#sourceChanged(record);
    }
  }

  presetsChanged(): void {
    for (const record of this.#store.list()) this.#sourceChanged(record);
  }

  #sourceChanged(record: ExportRecord): void {
    if (this.#writer.isCurrent(record)) this.#outcomes.viewChanged(record);
    else this.#timers.schedule(record.id, DEBOUNCE_MS);
  }

  async drain(): Promise<void> {
    this.#timers.flush();
    await this.#queue.idle();
  }

  async dispose(): Promise<void> {
    this.#timers.dispose();
    await this.#queue.idle();
  }

  #write(id: ExportId, asked: boolean): Promise<void> {
    return this.#queue.run(id, async () => {
      const record = this.#store.get(id);
      if (record === null) return;
      this.#timers.writeStarted(id);
      // The write that was running when this became due has already done it.
      if (!asked && record.error === null && this.#writer.isCurrent(record)) {
        this.#outcomes.viewChanged(record);
        return;
      }
      const written = await this.#writer.write(record, { refuseDuplicates: false });
      if (written.ok && (asked || this.#outcomes.isPlaceInDoubt(id))) await this.#outcomes.checkPlace(record);
      const left = written.ok ? await this.#changes.finish(record) : ok(record);
      if (!written.ok) this.#outcomes.failed(record, written.error);
      else if (left.ok) this.#outcomes.succeeded(left.value, written.value);
      else this.#outcomes.failed(record, { failure: left.error, retry: true });
    });
  }
}
