import type { ConnectionView } from '../../contract/connection.ts';
import type { OAuthClientView } from '../../contract/provider.ts';
import { wayOf, type Way } from './method-words.ts';

/** The OAuth clients that a way can use, where a person signs in none of a service account; first those with which connections were made in the same way. */
export function clientsFor(
  way: Way,
  clients: readonly OAuthClientView[],
  connections: Iterable<Pick<ConnectionView, 'client' | 'method' | 'grant'>>,
): OAuthClientView[] {
  const used = new Set(
    [...connections].filter((connection) => wayOf(connection) === way).map(({ client }) => client?.id),
  );
  return clients
    .filter(({ hasSecret, serviceAccount }) =>
      way === 'client-credentials' ? hasSecret : serviceAccount !== true,
    )
    .toSorted((a, b) => Number(used.has(b.id)) - Number(used.has(a.id)));
}
