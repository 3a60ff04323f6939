import type { ConnectionView } from '../../contract/connection.ts';
import type { OAuthClientView } from '../../contract/provider.ts';
import { wayOf, type Way } from './method-words.ts';

/** The OAuth clients that a way can use; first those with which connections were made in the same way. */
export function clientsFor(
  way: Way,
  clients: readonly OAuthClientView[],
  connections: Iterable<Pick<ConnectionView, 'client' | 'method' | 'grant'>>,
): OAuthClientView[] {
  const used = new Set(
    [...connections].filter((connection) => wayOf(connection) === way).map(({ client }) => client?.id),
  );
  return clients
    .filter(({ hasSecret }) => hasSecret || way !== 'client-credentials')
    .toSorted((a, b) => Number(used.has(b.id)) - Number(used.has(a.id)));
}
