import type { ConnectionView } from './connection.ts';
import type { ExportView } from './export.ts';
import { needsPerson } from './remedy.ts';

/** What stays as it is until the person acts, as tray, sidebar, status line and `tokentray status` count it. */
export interface Problems {
  /** Connections to reconnect, replace or fix. */
  connections: number;
  /** Env files that could not be written. */
  files: number;
}

export const isNotWritten = ({ status }: Pick<ExportView, 'status'>): boolean => status.state === 'failed';

/** Since when what a written file holds works no more, so that whoever reads it gets an ended token; null: it works. */
export const outOfDateSince = (
  { status, tokenEndsAt }: Pick<ExportView, 'status' | 'tokenEndsAt'>,
  now: number,
): string | null =>
  status.state === 'written' && tokenEndsAt !== null && Date.parse(tokenEndsAt) <= now ? tokenEndsAt : null;

export function countProblems(
  connections: Iterable<Pick<ConnectionView, 'status'>>,
  exports: Iterable<Pick<ExportView, 'status'>>,
): Problems {
  const problems = { connections: 0, files: 0 };
  for (const { status } of connections) if (needsPerson(status)) problems.connections++;
  for (const file of exports) if (isNotWritten(file)) problems.files++;
  return problems;
}

/** For one or more. */
export const needAttentionWords = (connections: number): string =>
  connections === 1 ? '1 connection needs attention' : `${connections} connections need attention`;

/** For one or more. */
export const notWrittenWords = (files: number): string =>
  files === 1 ? '1 file not written' : `${files} files not written`;
