import type { ConnectionView } from '../../contract/connection.ts';
import type { ExportView } from '../../contract/export.ts';
import type { ConsumerView } from '../../contract/gateway.ts';
import type { ConsumerId, ExportId } from '../../contract/ids.ts';
import { isNotWritten, notWrittenWords } from '../../contract/problems.ts';
import type { UseView } from '../../contract/uses.ts';
import type { KeyedConsumerKind } from '../../contract/vocabulary.ts';
import { outOfDateBadge } from './export-badge.ts';
import type { Badge } from './state-words.ts';
import { whenWords } from './time-words.ts';

/** Where more about a user of a connection is; null: nowhere. */
export type UserPlace =
  { kind: 'file'; id: ExportId } | { kind: 'key'; id: ConsumerId } | { kind: 'access' } | null;

/** One user of a connection: a file, a command, a program or a key. */
export interface ConnectionUser {
  key: string;
  icon: 'file' | 'command' | 'key';
  /** The folder of a file with its last slash; empty for others. */
  folder: string;
  name: string;
  /** It is a command or a path, not a sentence. */
  code: boolean;
  /** Without a shape where nothing is to be said but when. */
  state: Badge | { word: string };
  place: UserPlace;
}

export interface UsedBy {
  users: readonly ConnectionUser[];
  /** Beside the heading; null: nothing. */
  note: { text: string; bad: boolean } | null;
}

export interface UsedByInput {
  connection: ConnectionView;
  /** Those that follow it, their paths as they are shown. */
  exports: readonly ExportView[];
  /** Null until it is known. */
  uses: readonly UseView[] | null;
  consumers: readonly ConsumerView[];
}

const count = (amount: number, one: string, several: string): string =>
  `${amount.toLocaleString()} ${amount === 1 ? one : several}`;

/** Since when what a file holds, or a pipe would give, works no longer; null while it does, as far as anybody knows. */
function staleSince(
  { mode, tokenEndsAt }: ExportView,
  connection: ConnectionView,
  now: number,
): string | null {
  const { status, expiresAt } = connection;
  const end = mode === 'pipe' ? expiresAt : tokenEndsAt;
  if (end !== null) return Date.parse(end) <= now ? end : null;
  // Nobody knows when it ends but that the sign-in has.
  return expiresAt === null && status.state === 'needs-reconnect' && status.fault === 'grant'
    ? status.since
    : null;
}

function fileState({ status }: ExportView, stale: string | null, now: number): Badge {
  switch (status.state) {
    case 'failed':
      return { shape: '▲', word: `Not written since ${whenWords(status.since, now)}`, tone: 'bad' };
    case 'pending':
      return { shape: '◌', word: 'Not written yet', tone: 'off' };
    case 'written':
      if (stale !== null) return outOfDateBadge(stale, now);
      return { shape: '●', word: `Written ${whenWords(status.at, now)}`, tone: 'ok' };
    case 'waiting':
      if (stale !== null) return { shape: '▲', word: 'Gives no token', tone: 'bad' };
      return {
        shape: '●',
        word: status.readAt === null ? 'Not read yet' : `Read ${whenWords(status.readAt, now)}`,
        tone: 'ok',
      };
  }
}

/** When something happened to a file last, for the order; failures come first. */
function fileTime({ status }: ExportView): number {
  switch (status.state) {
    case 'failed':
      return Date.parse(status.since);
    case 'written':
      return Date.parse(status.at);
    case 'waiting':
      return status.readAt === null ? 0 : Date.parse(status.readAt);
    case 'pending':
      return Infinity;
  }
}

const byName = new Intl.Collator(undefined, { numeric: true });

function fileUsers({ exports, connection }: UsedByInput, now: number): ConnectionUser[] {
  const first = (item: ExportView): number => (isNotWritten(item) ? 0 : 1);
  return [...exports]
    .sort((a, b) => first(a) - first(b) || fileTime(b) - fileTime(a) || byName.compare(a.file, b.file))
    .map((item) => {
      const slash = Math.max(item.file.lastIndexOf('/'), item.file.lastIndexOf('\\'));
      return {
        key: `file ${item.id}`,
        icon: 'file',
        folder: item.file.slice(0, slash + 1),
        name: item.file.slice(slash + 1),
        code: true,
        state: fileState(item, staleSince(item, connection, now), now),
        place: { kind: 'file', id: item.id },
      };
    });
}

const KEYS: Readonly<Record<KeyedConsumerKind, string>> = {
  key: 'Gateway key',
  'mcp-client': 'MCP client',
  remote: 'Remote key',
  run: 'Run',
};

const keyName = (kind: KeyedConsumerKind, name: string): string => `${KEYS[kind]} “${name}”`;

function useUser(
  { kind, name, consumer, lastUsedAt, failures }: UseView,
  now: number,
  kindOf: (id: ConsumerId) => KeyedConsumerKind,
): ConnectionUser {
  const when = whenWords(lastUsedAt, now);
  const user = (label: string, verb: string, place: UserPlace): ConnectionUser => ({
    key: `${kind} ${consumer ?? name}`,
    icon: kind === 'key' ? 'key' : 'command',
    folder: '',
    name: label,
    code: kind !== 'key',
    state:
      failures > 0
        ? { shape: '▲', word: count(failures, 'call failed', 'calls failed'), tone: 'bad' }
        : { word: `${verb} ${when}` },
    place,
  });
  switch (kind) {
    case 'get':
    case 'env':
      return user(`tokentray ${kind}`, 'used', null);
    case 'git':
      return user('git', 'used', { kind: 'access' });
    case 'run':
      return user(`tokentray run -- ${name}`, 'ran', null);
    case 'program':
      return user(name, 'used', { kind: 'access' });
    case 'key':
      return consumer === null
        ? user(name, 'used', null)
        : user(keyName(kindOf(consumer), name), 'used', { kind: 'key', id: consumer });
  }
}

function noteOf({ connection, exports }: UsedByInput, now: number): UsedBy['note'] {
  if (exports.length === 0) return null;
  const failed = exports.filter(isNotWritten).length;
  const stale = exports.filter(
    (item) => !isNotWritten(item) && staleSince(item, connection, now) !== null,
  ).length;
  const bad = [
    ...(failed > 0 ? [notWrittenWords(failed)] : []),
    ...(stale > 0
      ? [
          failed > 0
            ? `${stale.toLocaleString()} out of date`
            : `${count(stale, 'file', 'files')} out of date`,
        ]
      : []),
  ];
  if (bad.length > 0) return { text: bad.join(', '), bad: true };
  const { state } = connection.status;
  const isRenewed = state === 'connected' || state === 'refreshing' || state === 'missing-scope';
  const [firstEnd] = exports.flatMap(({ tokenEndsAt }) => tokenEndsAt ?? []).sort();
  if (isRenewed || firstEnd === undefined) return { text: 'up to date', bad: false };
  const files = exports.length === 1 ? 'the file stays' : 'files stay';
  return { text: `${files} good until ${whenWords(firstEnd, now)}`, bad: false };
}

/** Who uses a connection: files, what failed first; then commands, programs and keys, the latest first. `now`: epoch ms. Pure. */
export function usedBy(input: UsedByInput, now: number): UsedBy {
  const { connection, uses, consumers } = input;
  const kinds = new Map(consumers.map(({ id, kind }) => [id, kind]));
  const known = (uses ?? []).map((use) => useUser(use, now, (id) => kinds.get(id) ?? 'key'));
  const used = new Set((uses ?? []).map(({ consumer }) => consumer));
  // Keys for every connection are listed once they use this one.
  const unused: ConnectionUser[] = consumers
    .filter(
      ({ id, kind, connections }) =>
        kind !== 'run' && connections?.includes(connection.id) === true && !used.has(id),
    )
    .map(({ id, kind, name }) => ({
      key: `key ${id}`,
      icon: 'key',
      folder: '',
      name: keyName(kind, name),
      code: false,
      state: { word: 'not used yet' },
      place: { kind: 'key', id },
    }));
  const users = [...fileUsers(input, now), ...known, ...(uses === null ? [] : unused)];
  return { users, note: noteOf(input, now) };
}
