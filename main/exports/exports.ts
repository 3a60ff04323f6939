import { randomInt } from 'node:crypto';
import { ExportId, type ConnectionId } from '../../contract/ids.ts';
import type { ExportView } from '../../contract/export.ts';
import type { ExportCheck, ExportCure } from '../../contract/export-check.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/log.ts';
import { ok, type Result } from '../lib/result.ts';
import type { ActivityStore, ExportStore } from '../store/ports.ts';
import { nodeExportFiles, type ExportFiles } from './export-files.ts';
import { ExportOutcomes } from './export-outcomes.ts';
import { ExportPlaces } from './export-places.ts';
import { ExportRequests } from './export-requests.ts';
import { ExportSources } from './export-sources.ts';
import { ExportUpdates } from './export-updates.ts';
import { ExportWriter } from './export-writer.ts';
import { ExportChanges } from './export-changes.ts';
import { ExportChecks } from './export-checks.ts';
import { exportNotFound, findExport, findExports } from './find-export.ts';
import type { ExportConnections } from './followed-connection.ts';
import type { MaskedCredentials, ReadCredentials } from '../credentials/ports.ts';
import type { ExportRequest, Exports } from './ports.ts';
import { LazyPipes } from './pipes/lazy-pipes.ts';
import type { PipeSystem } from './pipes/pipe-system.ts';
import type { PresetRegistry } from './presets/registry.ts';
import { createRenderer } from './renderer.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { WriteTimers } from './write-timers.ts';

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
  pipes?: PipeSystem;
  newId?: () => ExportId;
}

/** Files kept up to date with a connection. */
export const createExports = (dependencies: ExportsDependencies): Exports => new ExportService(dependencies);

const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const randomId = (): ExportId =>
  ExportId.parse(Array.from({ length: 8 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join(''));

/** Operations on one export are queued by its id, so that an older token is never written over a newer one. */
class ExportService implements Exports {
  readonly #store: ExportStore;
  readonly #files: ExportFiles;
  readonly #pipes: LazyPipes;
  readonly #places: ExportPlaces;
  readonly #sources: ExportSources;
  readonly #writer: ExportWriter;
  readonly #requests: ExportRequests;
  readonly #timers: WriteTimers;
  readonly #outcomes: ExportOutcomes;
  readonly #updates: ExportUpdates;
  readonly #checks: ExportChecks;
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
    pipes,
    newId,
  }: ExportsDependencies) {
    this.#store = store;
    this.#files = files ?? nodeExportFiles;
    this.#pipes = new LazyPipes(async () => {
      const { createExportPipes } = await import('./pipes/create-export-pipes.ts');
      return createExportPipes({
        ...(pipes !== undefined && { system: pipes }),
        stay: this.#files.stay ?? (() => false),
        store,
        writer: this.#writer,
        outcomes: this.#outcomes,
        queue: this.#queue,
        clock,
      });
    });
    const renderer = createRenderer(presets, connections, maskedCredentials);
    this.render = renderer.render;
    const queue = this.#queue;
    this.#places = new ExportPlaces({ presets, store, files: this.#files, queue, pipes: this.#pipes });
    this.#sources = new ExportSources(connections, maskedCredentials, renderer);
    this.#writer = new ExportWriter({
      ...{ connections, readCredentials, renderer },
      places: this.#places,
      sources: this.#sources,
      pipes: this.#pipes,
      isKnown: (id) => store.list().some((record) => record.id === id),
    });
    this.#timers = new WriteTimers(clock, (id) => {
      void this.#updates.write(id, false).catch((fault: unknown) => {
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
    const changes = new ExportChanges({
      store,
      writer: this.#writer,
      places: this.#places,
      sources: this.#sources,
      timers: this.#timers,
      outcomes: this.#outcomes,
    });
    this.#requests = new ExportRequests({
      ...{ home, store, connections, presets, clock, queue },
      files: this.#files,
      writer: this.#writer,
      places: this.#places,
      sources: this.#sources,
      timers: this.#timers,
      outcomes: this.#outcomes,
      changes,
      removed: this.#removed,
      newId: newId ?? randomId,
    });
    this.#updates = new ExportUpdates({
      ...{ store, connections, queue },
      writer: this.#writer,
      sources: this.#sources,
      timers: this.#timers,
      outcomes: this.#outcomes,
      changes,
    });
    this.#checks = new ExportChecks({
      store,
      writer: this.#writer,
      places: this.#places,
      outcomes: this.#outcomes,
      files: this.#files,
      queue,
      clock,
      write: (id) => this.#updates.write(id, true),
    });
    this.onChange = this.#outcomes.onChange;
  }

  start(): void {
    for (const { id } of this.#store.list()) this.#timers.schedule(id, 0);
  }

  list(): ExportView[] {
    return this.#store.list().map((record) => this.#outcomes.view(record));
  }

  following(id: string): ExportView[] {
    return this.list().filter(({ target, connection }) =>
      target.follows === 'connection'
        ? target.connection === id
        : target.follows === 'folder' && connection?.id === id,
    );
  }

  add(request: ExportRequest): Promise<Result<ExportView>> {
    return this.#requests.add(request);
  }

  change(reference: string, request: ExportRequest): Promise<Result<ExportView>> {
    return this.#requests.change(reference, request);
  }

  async write(reference: string | null): Promise<Result<ExportView[]>> {
    const records = reference === null ? this.#store.list() : findExports(this.#store.list(), reference);
    if (reference !== null && records.length === 0) return exportNotFound(reference);
    await Promise.all(records.map(({ id }) => this.#updates.write(id, true)));
    const ids = new Set(records.map(({ id }) => id));
    return ok(this.list().filter(({ id }) => ids.has(id)));
  }

  remove(reference: string, options: { keepFile: boolean }): Promise<Result<{ id: ExportId; file: string }>> {
    return this.#requests.remove(reference, options);
  }

  async check(reference: string | null): Promise<Result<ExportCheck[]>> {
    const records = reference === null ? this.#store.list() : findExports(this.#store.list(), reference);
    if (reference !== null && records.length === 0) return exportNotFound(reference);
    return ok(await Promise.all(records.map((record) => this.#checks.check(record))));
  }

  cure(reference: string, cure: ExportCure): Promise<Result<ExportCheck>> {
    const found = findExport(this.#store.list(), reference);
    return found.ok ? this.#checks.cure(found.value, cure) : Promise.resolve(found);
  }

  connectionChanged(id: ConnectionId): void {
    this.#updates.connectionChanged(id);
  }

  bindingsChanged(): void {
    this.#updates.bindingsChanged();
  }

  activeChanged(): void {
    this.#updates.activeChanged();
  }

  presetsChanged(): void {
    this.#updates.presetsChanged();
  }

  async drain(): Promise<void> {
    this.#timers.flush();
    await this.#queue.idle();
  }

  async dispose(): Promise<void> {
    this.#timers.dispose();
    await this.#queue.idle();
    await this.#pipes.dispose();
    await this.#queue.idle();
  }
}
