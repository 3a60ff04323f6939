import type { ConnectionId, ExportId } from '../../contract/ids.ts';
import { ok } from '../lib/result.ts';
import type { ExportStore } from '../store/ports.ts';
import type { ExportRecord } from '../store/records.ts';
import type { ExportChanges } from './export-changes.ts';
import type { ExportOutcomes } from './export-outcomes.ts';
import type { ExportSources } from './export-sources.ts';
import type { ExportWriter } from './export-writer.ts';
import type { ExportConnections } from './followed-connection.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import type { WriteTimers } from './write-timers.ts';

/** Several changes of one refresh or switch become one write. */
const DEBOUNCE_MS = 50;

export interface ExportUpdatesParts {
  store: Pick<ExportStore, 'get' | 'list'>;
  connections: ExportConnections;
  writer: ExportWriter;
  sources: ExportSources;
  timers: WriteTimers;
  outcomes: ExportOutcomes;
  changes: ExportChanges;
  queue: KeyedQueue;
}

/** Writes files again: those that somebody asks for, and those whose source has changed. */
export class ExportUpdates {
  readonly #parts: ExportUpdatesParts;

  constructor(parts: ExportUpdatesParts) {
    this.#parts = parts;
  }

  connectionChanged(id: ConnectionId): void {
    for (const record of this.#parts.store.list()) {
      const { target } = record;
      // A binding that named none may name this one now, or the other way round.
      const isFollowed =
        target.follows === 'folder' ||
        id ===
          (target.follows === 'connection'
            ? target.connection
            : this.#parts.connections.active(target.provider));
      if (isFollowed) this.#sourceChanged(record);
    }
  }

  bindingsChanged(): void {
    for (const record of this.#parts.store.list()) {
      if (record.target.follows === 'folder') this.#sourceChanged(record);
    }
  }

  activeChanged(): void {
    for (const record of this.#parts.store.list()) {
      if (record.target.follows === 'active') this.#sourceChanged(record);
    }
  }

  presetsChanged(): void {
    for (const record of this.#parts.store.list()) this.#sourceChanged(record);
  }

  #sourceChanged(record: ExportRecord): void {
    const { sources, outcomes, timers } = this.#parts;
    if (sources.isCurrent(record)) outcomes.viewChanged(record);
    else timers.schedule(record.id, DEBOUNCE_MS);
  }

  /** `asked`: by a person, so that it is written whatever it was made from. */
  write(id: ExportId, asked: boolean): Promise<void> {
    const { store, writer, sources, timers, outcomes, changes, queue } = this.#parts;
    return queue.run(id, async () => {
      const record = store.get(id);
      if (record === null) return;
      timers.writeStarted(id);
      // The write that was running when this became due has already done it.
      if (!asked && record.error === null && sources.isCurrent(record)) {
        outcomes.viewChanged(record);
        return;
      }
      const written = await writer.write(record, { refuseDuplicates: false });
      if (written.ok && (asked || outcomes.isPlaceInDoubt(id))) await outcomes.checkPlace(record);
      const left = written.ok ? await changes.finish(record) : ok(record);
      if (!written.ok) outcomes.failed(record, written.error);
      else if (left.ok) outcomes.succeeded(left.value, written.value, asked ? 'asked' : 'event');
      else outcomes.failed(record, { failure: left.error, retry: true });
    });
  }
}
