import { createHmac, randomBytes } from 'node:crypto';
import type { EnvVariable } from '../../contract/export.ts';
import type { ConnectionRecord, ExportRecord, ExportWriteRecord, WrittenFrom } from '../store/records.ts';

/** How many writes of a file are remembered. */
export const MOST_WRITES = 20;

/** Enough to see that a value has changed, too little to find out or confirm what it was. */
const DIGEST_BYTES = 4;

/** What a file is made from at this moment, for `writeOf` of a later write. Keeps no value. */
export function writtenFrom(
  { id, generation, obtainedAt }: ConnectionRecord,
  {
    variables,
    text,
    expiresAt,
  }: { variables: readonly EnvVariable[]; text: string; expiresAt: number | null },
  before: WrittenFrom | null,
): WrittenFrom {
  const salt = before?.salt ?? randomBytes(16).toString('base64');
  const digests = Object.fromEntries(variables.map(({ name, value }) => [name, digestOf(salt, value)]));
  return { connection: id, generation, obtainedAt, salt, digests, text: digestOf(salt, text), expiresAt };
}

const digestOf = (salt: string, value: string): string =>
  createHmac('sha256', salt).update(value).digest().subarray(0, DIGEST_BYTES).toString('base64url');

/** What led to a write: a new or changed export, a person who asked for it, or something that happened. */
export type WriteTrigger = 'added' | 'changed' | 'asked' | 'event';

/** Why a write changed the file, and which variables it changed, those that are gone among them. Pure. */
export function whatChanged(
  before: WrittenFrom | null,
  now: WrittenFrom,
  trigger: WriteTrigger,
): Pick<ExportWriteRecord, 'why' | 'variables'> {
  const former = before?.digests ?? {};
  const names = new Set([...Object.keys(now.digests), ...Object.keys(former)]);
  const variables = [...names].filter((name) => now.digests[name] !== former[name]);
  // A template, and what opens hosts, has no variables.
  const isOtherText = before?.text !== undefined && before.text !== now.text;
  return { why: reasonOf(before, now, trigger, variables.length > 0 || isOtherText), variables };
}

function reasonOf(
  before: WrittenFrom | null,
  now: WrittenFrom,
  trigger: WriteTrigger,
  hasChanged: boolean,
): ExportWriteRecord['why'] {
  if (trigger === 'added' || trigger === 'changed') return trigger;
  if (before === null) return 'updated';
  if (before.connection !== now.connection) return 'switched';
  if (before.generation !== now.generation) return 'reconnected';
  if (before.obtainedAt !== now.obtainedAt) return 'refreshed';
  // The name or the site of the connection is another one.
  if (hasChanged) return 'updated';
  // Nothing has changed but the file itself: somebody edited or removed it.
  return trigger === 'asked' ? 'asked' : 'restored';
}

/** The record with one more write. */
export function withWrite(
  record: ExportRecord,
  {
    now,
    connection,
    trigger,
    at,
  }: {
    now: WrittenFrom;
    connection: ConnectionRecord;
    trigger: WriteTrigger;
    at: number;
  },
): ExportRecord {
  const write: ExportWriteRecord = {
    at,
    connection: { id: connection.id, name: connection.name },
    ...whatChanged(record.from, now, trigger),
  };
  return { ...record, from: now, writes: [write, ...record.writes].slice(0, MOST_WRITES) };
}
