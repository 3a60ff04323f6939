import { cleanText } from '../lib/clean-text.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { foldName } from '../store/fold-name.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';

type Records = Pick<ConnectionStore, 'list' | 'get' | 'active'>;

/** The connection of an id or a name (compared without case). `not-found` says which there are. */
export function resolveReference(connections: Records, reference: string): Result<ConnectionRecord> {
  const byId = connections.get(reference as ConnectionRecord['id']);
  if (byId) return ok(byId);
  const all = connections.list();
  const wanted = foldName(reference.trim());
  const found =
    all.find(({ name }) => name === reference) ?? all.find(({ name }) => foldName(name) === wanted);
  if (found) return ok(found);
  return fail('not-found', `There is no connection “${cleanText(reference, 80)}”.`, whatThereIs(all));
}

/** The active connection, when exactly one provider has one. */
export function resolveActive(connections: Records): Result<ConnectionRecord> {
  const all = connections.list();
  const active = all.filter(({ id, provider }) => connections.active(provider) === id);
  const [only] = active;
  if (!only) return fail('not-found', 'There is no active connection.', whatThereIs(all));
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
