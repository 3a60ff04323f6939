import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { failure, ok, type Result } from '../lib/result.ts';
import type { Aim, Entry, McpClient } from './clients/client.ts';
import { entryName, ourAim, type Named } from './entry-name.ts';
import { bytesOf, textOf } from './file-text.ts';
import { applyEdits, type Edit } from './formats/edit.ts';
import type { Format } from './formats/format.ts';
import { json } from './formats/json.ts';
import { toml } from './formats/toml.ts';
import { showDiff } from './show-diff.ts';

const FORMATS: Readonly<Record<McpClient['format'], Format>> = { json, toml };

/** A change of one file's bytes. */
export interface Change {
  readonly name: string;
  readonly after: Buffer;
  readonly changes: boolean;
  readonly diff: string[];
  /** Of the bytes before and after. */
  readonly digest: string;
}

/** The entries of ours in a file, by name, in its order. */
export function ourEntries(client: McpClient, bytes: Buffer | null): Result<Map<string, Aim>> {
  const read = textOf(bytes);
  if (!read.ok) return read;
  const entries = FORMATS[client.format].entries(read.value.text, client.servers);
  if (!entries.ok) return entries;
  const ours = new Map<string, Aim>();
  for (const [name, entry] of entries.value) {
    const aim = ourAim(client, name, entry);
    if (aim !== null) ours.set(name, aim);
  }
  return ok(ours);
}

/** What adding an entry makes of a file; null is no file. What a person added to an entry of ours stays in it. */
export function planAdd(client: McpClient, before: Buffer | null, named: Named, aim: Aim): Result<Change> {
  const read = textOf(before);
  if (!read.ok) return read;
  const { text, mark } = read.value;
  const format = FORMATS[client.format];
  const entries = format.entries(text, client.servers);
  if (!entries.ok) return entries;
  const name = entryName(client, entries.value, named);
  if (!name.ok) return name;
  const present = entries.value.get(name.value);
  const wanted = client.entry(aim);
  const edits = isAlready(present, wanted, client)
    ? ok<Edit[]>([])
    : format.put(text, client.servers, name.value, { ...wanted, ...extras(present, client) });
  if (!edits.ok) return edits;
  const after =
    before !== null && edits.value.length === 0
      ? before
      : bytesOf({ mark, text: applyEdits(text, edits.value) });
  return ok({
    name: name.value,
    after,
    changes: edits.value.length > 0,
    diff: showDiff(text, edits.value),
    digest: digestOf(before, after),
  });
}

const isAlready = (present: Entry | undefined, wanted: Entry, client: McpClient): boolean => {
  const has = present === undefined ? null : client.aim(present);
  return has !== null && isDeepStrictEqual(has, client.aim(wanted));
};

/** What others put into an entry of ours, such as `disabled`. In TOML their lines stay as they are. */
function extras(present: Entry | undefined, client: McpClient): Entry {
  if (client.format === 'toml') return {};
  const own = new Set(Object.keys(client.entry({ url: '', helper: '' })));
  return Object.fromEntries(Object.entries(present ?? {}).filter(([key]) => !own.has(key)));
}

/** What removing entries makes of a file. `after` null: there was no file before. */
export function planRemove(
  client: McpClient,
  before: Buffer,
  names: readonly string[],
  /** The file before our first entry, as far as it is kept. */
  backup: Buffer | null,
): Result<{ after: Buffer | null }> {
  const read = textOf(before);
  if (!read.ok) return read;
  const format = FORMATS[client.format];
  const entries = format.entries(read.value.text, client.servers);
  if (!entries.ok) return entries;
  // Layouts differ in ways that no structure shows, such as empty braces or a last line without an end.
  if (
    [...entries.value].filter(([name, entry]) => ourAim(client, name, entry) !== null).length === names.length
  ) {
    const ours = [...entries.value].filter(([name]) => names.includes(name));
    if (isMadeFrom(client, backup, ours, before)) return ok({ after: backup });
  }
  let { text } = read.value;
  for (const name of names) {
    const edits = format.take(text, client.servers, name);
    if (!edits.ok) return edits;
    text = applyEdits(text, edits.value);
  }
  return ok({ after: bytesOf({ mark: read.value.mark, text }) });
}

/** Whether adding the entries to `original`, in some order that adding leads to, gives exactly `now`. */
function isMadeFrom(
  client: McpClient,
  original: Buffer | null,
  ours: readonly (readonly [string, Entry])[],
  now: Buffer,
): boolean {
  const read = textOf(original);
  const isAsWritten = ours.every(([, entry]) => {
    const aim = client.aim(entry);
    return aim !== null && isDeepStrictEqual({ ...entry }, { ...client.entry(aim) });
  });
  if (!read.ok || !isAsWritten) return false;
  // JSON has the newest first, TOML last.
  const inOrder = client.format === 'json' ? [...ours].reverse() : ours;
  let { text } = read.value;
  for (const [name, entry] of inOrder) {
    const edits = FORMATS[client.format].put(text, client.servers, name, entry);
    if (!edits.ok) return false;
    text = applyEdits(text, edits.value);
  }
  return bytesOf({ mark: read.value.mark, text }).equals(now);
}

/** Of the bytes of a file before and after a change. */
function digestOf(before: Buffer | null, after: Buffer): string {
  const hash = createHash('sha256').update(before === null ? 'none' : `${before.length} `);
  return hash
    .update(before ?? '')
    .update(after)
    .digest('hex');
}

/** The failure of a file's content, with the file's name. */
export const inFile = <T>(file: string, result: Result<T>): Result<T> =>
  result.ok ? result : failure({ ...result.error, message: `${file}: ${result.error.message}` });
