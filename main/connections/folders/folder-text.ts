import type { FolderEntry } from '../../../contract/folder.ts';
import { nearest } from '../../../contract/nearest.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { unambiguousJson } from '../../lib/unambiguous-json.ts';

const MOST_ENTRIES = 20;
const LONGEST = 500;

const BY_NAME = ['connection', 'id'] as const;
const BY_SHARED = ['provider', 'site', 'account'] as const;
const FIELDS = [...BY_NAME, ...BY_SHARED] as const;

/**
 * The connections that a folder's file names, the first first: `{"connection": "acme"}`, or what a team has in common
 * (`{"provider": "atlassian", "site": "acme.atlassian.net"}`), or several of them in `{"connections": […]}`.
 * `invalid-input` names the file and what is wrong.
 */
export function readFolderText(file: string, bytes: Uint8Array): Result<FolderEntry[]> {
  const content = unambiguousJson(bytes);
  if (!isObject(content)) return wrong(file, 'is not a JSON object, or has a key twice');
  const { connections, ...others } = content;
  if (connections === undefined) {
    const entry = entryOf(file, content);
    return entry.ok ? ok([entry.value]) : entry;
  }
  const [other] = Object.keys(others);
  if (other !== undefined) return wrong(file, `has “${cleanText(other, 40)}” beside “connections”`);
  if (!Array.isArray(connections) || connections.length === 0 || connections.length > MOST_ENTRIES)
    return wrong(file, `needs 1 to ${MOST_ENTRIES} entries in “connections”`);
  const entries: FolderEntry[] = [];
  for (const each of connections) {
    const entry = isObject(each)
      ? entryOf(file, each)
      : wrong(file, 'has something else than an object in “connections”');
    if (!entry.ok) return entry;
    entries.push(entry.value);
  }
  return ok(entries);
}

function entryOf(file: string, content: Record<string, unknown>): Result<FolderEntry> {
  const entry: FolderEntry = {};
  for (const [name, value] of Object.entries(content)) {
    const field = FIELDS.find((known) => known === name);
    if (field === undefined) {
      const meant = nearest(name, [...FIELDS, 'connections']);
      const shown = cleanText(name, 40);
      return wrong(
        file,
        `has an unknown field “${shown}”${meant === null ? '' : ` (did you mean “${meant}”?)`}`,
      );
    }
    if (typeof value !== 'string' || value.trim() === '' || value.length > LONGEST)
      return wrong(file, `needs a text of at most ${LONGEST} characters in “${field}”`);
    entry[field] = value;
  }
  const isNamed = BY_NAME.some((field) => entry[field] !== undefined);
  const isShared = BY_SHARED.some((field) => entry[field] !== undefined);
  if (isNamed && isShared)
    return wrong(
      file,
      'names a connection and also a provider, site or account: only one of the two is possible',
    );
  if (isNamed ? entry.connection === undefined : !isShared)
    return wrong(file, 'names neither a connection nor a provider, site or account');
  return ok(entry);
}

const wrong = (file: string, what: string): Result<never> =>
  fail(
    'invalid-input',
    `${file} ${what}.`,
    'Write it anew with `tokentray use NAME --here`, or name the connection.',
  );

/** Text of a file with these entries; at least one. */
export const folderText = (entries: readonly FolderEntry[]): string =>
  `${JSON.stringify(entries.length === 1 ? entries[0] : { connections: entries }, null, 2)}\n`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
