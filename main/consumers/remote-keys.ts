import type { CredentialField } from '../../contract/connection.ts';
import type { ConnectionId } from '../../contract/ids.ts';
import { resolveActive, resolveReference } from '../connections/resolve.ts';
import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { ConnectionStore } from '../store/ports.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { Event } from '../lib/emitter.ts';
import type { Consumer, Consumers } from './ports.ts';

/** The keys for the socket that is carried to other machines. A gateway's key is none of them: it is never given a credential. */
export const remoteKeys = (
  consumers: Pick<Consumers, 'list' | 'onChange' | 'authenticate'>,
): { onChange: Event<void>; any: () => boolean; holder: (key: string) => Consumer | null } => ({
  onChange: consumers.onChange,
  any: () => consumers.list().some(({ kind }) => kind === 'remote'),
  holder: (key) => {
    const consumer = consumers.authenticate(key);
    return consumer?.kind === 'remote' ? consumer : null;
  },
});

type Records = Pick<ConnectionStore, 'list' | 'get' | 'active'>;

/**
 * The connection that a key's holder means, of those that the key is for: others do not exist for it, not even their names.
 * Without a reference: the only one, or the active one.
 */
export function resolveForKey(
  records: Records,
  { connections }: Pick<Consumer, 'connections'>,
  reference: string | undefined,
): Result<ConnectionRecord> {
  const opens = (id: ConnectionId): boolean => connections?.has(id) !== false;
  const own: Records = {
    list: () => records.list().filter(({ id }) => opens(id)),
    get: (id) => (opens(id) ? records.get(id) : null),
    active: (provider) => records.active(provider),
  };
  if (reference !== undefined) return resolveReference(own, reference);
  const [only, ...others] = own.list();
  if (only === undefined)
    return fail('not-found', 'The connections that this key was for are gone.', 'Make a new key for others.');
  return others.length === 0 ? ok(only) : resolveActive(own);
}

/** Whether the key may read a field; null: the variables of a preset, which are many fields. */
export function mayRead(
  { name, fields = null }: Pick<Consumer, 'name' | 'fields'>,
  field: CredentialField | null,
): Result<void> {
  if (fields === null || (field !== null && fields.includes(field))) return ok(undefined);
  return failure({
    code: 'forbidden',
    message: `The key “${name}” may not read ${field ?? 'the variables of presets'}, only: ${fields.join(', ')}.`,
    hint: 'Ask for one of those, or make a key without --field.',
  });
}
