import type { ConnectionId, OAuthClientId } from '../../contract/ids.ts';
import type { NetworkScope } from './ports.ts';

/** Binds a ciphertext to its row: it cannot be used for another connection or for a different sign-in. */
export const tokenContext = (id: ConnectionId, generation: number): string =>
  `connection:${id}:${generation}`;

export const clientContext = (id: OAuthClientId): string => `client:${id}`;

export const networkContext = (scope: NetworkScope): string => `network:${scope}`;

/** Of the one authority that there is. */
export const AUTHORITY_CONTEXT = 'authority:proxy';

/** A column of the store whose values the vault has sealed. */
export interface SecretColumn {
  table: string;
  column: string;
  /** The associated data of a row's ciphertext. */
  context: (row: Readonly<Record<string, unknown>>) => string;
}

/** All of them: what is listed here gets a new key at a rotation, and is part of a backup if its table is. */
export const SECRET_COLUMNS: readonly SecretColumn[] = [
  {
    table: 'connections',
    column: 'tokens',
    context: (row) => tokenContext(row['id'] as ConnectionId, Number(row['generation'])),
  },
  {
    table: 'removed_connections',
    column: 'tokens',
    context: (row) => tokenContext(row['id'] as ConnectionId, Number(row['generation'])),
  },
  {
    table: 'clients',
    column: 'secret',
    context: (row) => clientContext(row['id'] as OAuthClientId),
  },
  {
    table: 'network',
    column: 'secrets',
    context: (row) => networkContext(row['scope'] as NetworkScope),
  },
  {
    table: 'authorities',
    column: 'key',
    context: () => AUTHORITY_CONTEXT,
  },
];
