import type { ExportStatus, ExportView } from '../../contract/export.ts';
import { isoTime } from '../lib/clock.ts';
import type { ConnectionRecord, ExportRecord } from '../store/records.ts';

/** An export as callers see it. `due`: a write is about to happen. */
export function exportView(
  record: ExportRecord,
  connection: ConnectionRecord | null,
  { due, warnings }: { due: boolean; warnings: readonly string[] },
): ExportView {
  const { id, file, preset, format, mode, inPlace, target } = record;
  return {
    id,
    file,
    preset,
    format,
    mode,
    inPlace,
    target,
    connection: connection === null ? null : { id: connection.id, name: connection.name },
    status: statusOf(record, due),
    tokenEndsAt: tokenEndOf(record, connection),
    warnings: [...warnings],
  };
}

function statusOf({ error, writtenAt, mode, readAt }: ExportRecord, due: boolean): ExportStatus {
  if (error !== null) return { state: 'failed', since: isoTime(error.since), error: error.failure };
  if (due || writtenAt === null) return { state: 'pending' };
  if (mode === 'pipe') return { state: 'waiting', readAt: readAt === null ? null : isoTime(readAt) };
  return { state: 'written', at: isoTime(writtenAt) };
}

/** What older versions wrote is known as long as it is the connection's current token. */
function tokenEndOf({ from, mode }: ExportRecord, connection: ConnectionRecord | null): string | null {
  if (from === null || mode === 'pipe') return null;
  const isCurrent = from.connection === connection?.id && from.obtainedAt === connection.obtainedAt;
  const endsAt = from.expiresAt ?? (isCurrent ? connection.expiresAt : null);
  return endsAt === null ? null : isoTime(endsAt);
}
