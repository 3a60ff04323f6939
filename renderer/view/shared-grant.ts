import type { ConnectionView } from '../../contract/connection.ts';
import { asksForScopes, wayOf } from './method-words.ts';

type Granted = Pick<ConnectionView, 'id' | 'name' | 'provider' | 'account' | 'client' | 'method' | 'grant'>;

/**
 * The other connections of the same account through the same OAuth client. Many providers keep
 * one grant for both: revoking it ends all of them.
 */
export function sharedWith<C extends Granted>(connection: Granted, all: Iterable<C>): C[] {
  if (!asksForScopes(wayOf(connection)) || connection.client === null || connection.account.id === '')
    return [];
  return [...all].filter(
    (other) =>
      other.id !== connection.id &&
      other.provider === connection.provider &&
      other.client?.id === connection.client?.id &&
      other.account.id === connection.account.id &&
      asksForScopes(wayOf(other)),
  );
}
