import type { ExportId } from '../../../contract/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ExportStore } from '../../store/ports.ts';
import type { ExportOutcomes } from '../export-outcomes.ts';
import type { ExportWriter } from '../export-writer.ts';
import type { KeyedQueue } from '../keyed-queue.ts';
import { ExportPipes } from './export-pipes.ts';
import { nodePipes } from './node-pipes.ts';
import { insteadOfContent } from './pipe-content.ts';
import type { PipeSystem } from './pipe-system.ts';
import { ReaderLog } from './reader-log.ts';

/** Pipes whose readers get what the writer would write, and whose reads are recorded. */
export function createExportPipes({
  system = nodePipes,
  stay,
  store,
  writer,
  outcomes,
  queue,
  clock,
}: {
  system?: PipeSystem;
  stay: () => boolean;
  store: Pick<ExportStore, 'get'>;
  writer: ExportWriter;
  outcomes: ExportOutcomes;
  queue: KeyedQueue;
  clock: Clock;
}): ExportPipes {
  const readerLog = new ReaderLog(clock);
  /** Exports whose last reader got no variables. */
  const without = new Set<ExportId>();
  return new ExportPipes({
    system,
    clock,
    stay,
    content: async (id) => {
      const record = store.get(id);
      if (record === null) return Buffer.alloc(0);
      const content = await writer.contentOf(record);
      if (content.ok) {
        without.delete(id);
        return content.value;
      }
      without.add(id);
      const { error } = content;
      void queue.run(id, () => {
        const failed = store.get(id);
        if (failed !== null) outcomes.failed(failed, { failure: error, retry: false });
        return Promise.resolve();
      });
      return insteadOfContent(record.format, error);
    },
    onRead: (id, { readers, identity }) => {
      void queue.run(id, () => {
        const record = store.get(id);
        if (record === null) return Promise.resolve();
        outcomes.wasRead(record, identity, !without.has(id));
        for (const entry of readerLog.entriesFor(record, readers)) outcomes.log(record, ...entry);
        return Promise.resolve();
      });
    },
    onLost: (id) => {
      void queue.run(id, () => {
        const record = store.get(id);
        if (record?.mode === 'pipe') outcomes.failed(record, { failure: LOST(record.file), retry: true });
        return Promise.resolve();
      });
    },
  });
}

const LOST = (file: string) => ({
  code: 'io' as const,
  message: `The pipe ${file} was removed, or something else was put in its place.`,
  hint: 'Tokentray makes it again as soon as nothing is there; to have that end: tokentray export remove',
});
