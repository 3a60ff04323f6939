import type { ConnectionView } from './connection.ts';

type Granted = Pick<ConnectionView, 'id' | 'provider' | 'account' | 'client' | 'grant'>;

/**
 * The other connections of the same account through the same OAuth client. Many providers keep one grant for both:
 * revoking it ends all of them.
 */
export function sharedWith<C extends Granted>(connection: Granted, all: Iterable<C>): C[] {
  const { client, account } = connection;
  if (!isConsent(connection) || client === null || account.id === '') return [];
  return [...all].filter(
    (other) =>
      other.id !== connection.id &&
      other.provider === connection.provider &&
      other.client?.id === client.id &&
      other.account.id === account.id &&
      isConsent(other),
  );
}

/** Whether a person allowed it, unlike a service account. */
const isConsent = ({ grant }: Pick<ConnectionView, 'grant'>): boolean =>
  grant === 'authorization-code' || grant === 'device-code';
