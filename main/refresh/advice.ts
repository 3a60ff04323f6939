import type { ConnectionRecord } from '../store/records.ts';

/** A connection as a command's argument that every shell takes as it is: its name in quotes, else its id. */
export const connectionWord = ({ id, name }: Pick<ConnectionRecord, 'id' | 'name'>): string =>
  /["$`\\!%]|^-/.test(name) ? id : `"${name}"`;

/** What to do when the provider ended the grant. */
export const reconnectAdvice = (connection: Pick<ConnectionRecord, 'id' | 'name'>): string =>
  `Choose Reconnect, or run \`tokentray reconnect ${connectionWord(connection)}\`.`;

/** What to do when the app registration is at fault. */
export const clientAdvice = ({ provider }: Pick<ConnectionRecord, 'provider'>): string =>
  `Check the client id and secret under Providers, or run \`tokentray clients add ${provider}\` with the right ones. ` +
  'Signing in again does not help.';
