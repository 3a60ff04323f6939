import type { ExportView } from '../../contract/export.ts';
import type { ConnectionId, ExportId } from '../../contract/ids.ts';
import type { HookEventName } from '../../contract/vocabulary.ts';
import type { Connections } from '../connections/ports.ts';
import type { Exports } from '../exports/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { DisposableStack, type Disposable } from '../lib/disposable.ts';
import type { Refresher } from '../refresh/ports.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { HookEvent } from './ports.ts';

export interface FollowEventsParts {
  records: Pick<ConnectionStore, 'list' | 'get' | 'active'>;
  connections: Pick<Connections, 'onChange' | 'onRemoved' | 'onActiveChanged'>;
  refresher: Pick<Refresher, 'onChange'>;
  exports: Pick<Exports, 'list' | 'onChange' | 'onRemoved'>;
  clock: Clock;
  emit: (event: HookEvent) => void;
}

type Subject = HookEvent['connection'];

/** Turns what the services say of their changes into the events that hooks follow; each is stored by then. */
export function followEvents(parts: FollowEventsParts): Disposable {
  const { records, connections, refresher, exports, clock, emit } = parts;
  const ends = new DisposableStack();
  /** Its sign-in, and what to call it once it is gone. */
  const known = new Map<ConnectionId, { generation: number; subject: NonNullable<Subject> }>();
  const written = new Map<ExportId, string>();

  const say = (event: HookEventName, connection: Subject, more: Partial<HookEvent> = {}): void => {
    emit({ event, at: clock.now(), connection, export: null, ...more });
  };
  const remember = (record: ConnectionRecord): void => {
    known.set(record.id, { generation: record.generation, subject: subjectOf(record) });
  };
  const writtenAt = ({ status }: ExportView): string | null =>
    status.state === 'written' ? status.at : null;

  for (const record of records.list()) remember(record);
  for (const view of exports.list()) {
    const at = writtenAt(view);
    if (at !== null) written.set(view.id, at);
  }

  ends.add(
    connections.onChange((id) => {
      const record = records.get(id);
      if (record === null) return;
      const before = known.get(id);
      remember(record);
      if (before?.generation !== record.generation) say('token-new', subjectOf(record));
    }),
  );
  ends.add(
    refresher.onChange(({ id, outcome }) => {
      const record = records.get(id);
      if (record === null || known.get(id)?.generation !== record.generation) return;
      if (outcome?.kind === 'refreshed') say('token-refreshed', subjectOf(record));
      else if (outcome?.kind === 'gone')
        say('connection-gone', subjectOf(record), { reason: 'needs-reconnect' });
    }),
  );
  ends.add(
    connections.onRemoved((id) => {
      const before = known.get(id);
      known.delete(id);
      if (before !== undefined) say('connection-gone', before.subject, { reason: 'removed' });
    }),
  );
  ends.add(
    connections.onActiveChanged((provider) => {
      const active = records.active(provider);
      const record = active === null ? null : records.get(active);
      if (record !== null) say('connection-switched', subjectOf(record));
    }),
  );
  ends.add(
    exports.onChange((view) => {
      const at = writtenAt(view);
      if (at === null || written.get(view.id) === at) return;
      written.set(view.id, at);
      const record = view.connection === null ? null : records.get(view.connection.id);
      say('export-written', record && subjectOf(record), { export: { id: view.id, file: view.file } });
    }),
  );
  ends.add(
    exports.onRemoved((id) => {
      written.delete(id);
    }),
  );
  return ends;
}

const subjectOf = ({ id, name, provider }: ConnectionRecord): NonNullable<Subject> => ({
  id,
  name,
  provider,
});
