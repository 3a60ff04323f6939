import { cleanText } from '../lib/clean-text.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { foldName } from '../store/fold-name.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { BoundTo } from './folders/ports.ts';
import type { From } from './ports.ts';

type Records = Pick<ConnectionStore, 'list' | 'get' | 'active'>;

/** The connection of an id or a name (compared without case). `not-found` says which there are. */
export function resolveReference(
  connections: Pick<Records, 'list' | 'get'>,
  reference: string,
): Result<ConnectionRecord> {
  const byId = connections.get(reference as ConnectionRecord['id']);
  if (byId) return ok(byId);
  const all = connections.list();
  const wanted = foldName(reference.trim());
  const found =
    all.find(({ name }) => name === reference) ?? all.find(({ name }) => foldName(name) === wanted);
  if (found) return ok(found);
  return fail('not-found', `There is no connection “${cleanText(reference, 80)}”.`, whatThereIs(all));
}

/** The connection that is meant where none is named: the one that the folder is bound to, else the active one. */
export function resolveUnnamed(
  connections: Records,
  boundTo: BoundTo,
  { folder, api }: From,
): Result<ConnectionRecord> {
  const bound = folder === undefined ? ok(null) : boundTo(folder, api);
  if (!bound.ok) return bound;
  return bound.value === null ? resolveActive(connections) : ok(bound.value);
}

/** The active connection, when exactly one provider has one. */
export function resolveActive(connections: Records): Result<ConnectionRecord> {
  const active = connections.list().filter(({ id, provider }) => connections.active(provider) === id);
  const [only] = active;
  if (!only) return fail('not-found', 'There is no active connection.', whatThereIs(connections.list()));
  if (active.length === 1) return ok(only);
  return fail(
    'ambiguous',
    'Several providers have an active connection.',
    `Name one: ${active.map(({ name }) => `“${name}”`).join(', ')}.`,
  );
}

function whatThereIs(all: readonly ConnectionRecord[]): string {
  if (all.length === 0) return 'Connect an account: `tokentray connect atlassian`.';
  const names = all.slice(0, 5).map(({ name }) => `“${name}”`);
  return `There ${all.length === 1 ? 'is' : 'are'} ${names.join(', ')}${all.length > 5 ? ' and more' : ''}.`;
}
