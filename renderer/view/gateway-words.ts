import type { CredentialField } from '../../contract/connection.ts';
import type { ConsumerLimits, ConsumerView, GatewayDoor } from '../../contract/gateway.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import type { GatewayDecision, KeyedConsumerKind } from '../../contract/vocabulary.ts';
import { ago, date } from './time-words.ts';

export const KIND_WORDS: Readonly<Record<KeyedConsumerKind, string>> = {
  key: 'Key',
  run: 'Run',
  'mcp-client': 'MCP client',
  remote: 'Remote key',
};

/** What a key for another machine may read, as a sentence. */
export const fieldsWords = (fields: readonly CredentialField[] | null): string =>
  fields === null ? 'Reads every value of these connections.' : `Reads only ${fields.join(', ')}.`;

/** Whether a decision let the request through, and in words. */
export const DECISION_WORDS: Readonly<Record<GatewayDecision, string>> = {
  allowed: 'Allowed',
  approved: 'Allowed by you',
  refused: 'Refused',
  denied: 'Refused by you',
  unanswered: 'Not answered in time',
  limited: 'Over the limit',
  failed: 'Failed',
};

/** Which of two doors listens, as one sentence. `opens`: when one that does not listen will. */
export function doorWords({ url, fault }: GatewayDoor, opens: string): string {
  if (url !== null) return `Listens at ${url}`;
  return fault === null ? opens : fault.message;
}

/** `60 requests a minute, 4 at once`; null without limits. */
export function limitWords({ requestsPerMinute, atOnce }: ConsumerLimits): string | null {
  const parts = [
    ...(requestsPerMinute === undefined
      ? []
      : [
          `${requestsPerMinute.toLocaleString()} ${requestsPerMinute === 1 ? 'request' : 'requests'} a minute`,
        ]),
    ...(atOnce === undefined ? [] : [`${atOnce.toLocaleString()} at once`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

/** `acme, beta`, or that it is all of them. A connection that is gone is left out. */
export function connectionsWords(
  ids: readonly ConnectionId[] | null,
  nameOf: (id: ConnectionId) => string | undefined,
): string {
  if (ids === null) return 'Every connection';
  const names = ids.flatMap((id) => nameOf(id) ?? []);
  return names.length === 0 ? 'No connection' : names.join(', ');
}

/** When it was used and when it ends, in words. `now`: epoch ms. */
export function timesWords({ kind, lastUsedAt, expiresAt }: ConsumerView, now: number): string {
  const used = lastUsedAt === null ? 'Never used' : `Used ${ago(lastUsedAt, now)}`;
  if (kind === 'run') return `${used} · ends with the program`;
  if (expiresAt === null) return `${used} · never expires`;
  return `${used} · ${Date.parse(expiresAt) <= now ? 'expired' : 'expires'} ${date(expiresAt)}`;
}

/** What an API is called where no connection that has it tells: `jira` is Jira. */
export const apiWords = (api: string): string =>
  api === 'mcp' ? 'MCP' : api.charAt(0).toUpperCase() + api.slice(1);

/** Of a key or connection that is gone; `name` is empty where nobody knows it any more. */
export const removedWords = (name: string): string => (name === '' ? 'removed' : `${name} (removed)`);

const UNITS = ['kB', 'MB', 'GB'] as const;

/** `412 B`, `18 kB`, `3.4 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let size = bytes;
  let unit = -1;
  // What would round to 1,000 is one of the next unit.
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit] ?? ''}`;
}

/** `1 ms`, `84 ms`, `4.2 s`. */
export function timeTaken(ms: number): string {
  if (ms < 999.5) return `${Math.max(1, Math.round(ms))} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}
