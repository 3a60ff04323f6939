import type { ConnectionRecord } from '../store/records.ts';

/** A connection as a command's argument that every shell takes as it is: its name in quotes, else its id. */
export const connectionWord = ({ id, name }: Pick<ConnectionRecord, 'id' | 'name'>): string =>
  /["$`\\!%]|^-/.test(name) ? id : `"${name}"`;

/** What to do when the provider ended the grant. */
export const reconnectAdvice = (connection: Pick<ConnectionRecord, 'id' | 'name'>): string =>
  `Choose Reconnect, or run \`tokentray reconnect ${connectionWord(connection)}\`.`;

/** What to do when the app registration is at fault. */
export const clientAdvice = ({ client, provider }: Pick<ConnectionRecord, 'client' | 'provider'>): string =>
  (client === null
    ? `Add an OAuth client with \`tokentray clients add ${provider}\`. `
    : `Give the OAuth client its right secret: Providers › Edit, or run \`tokentray clients change ${client} --secret\`. `) +
  'Its connections go on by themselves then; signing in again does not help.';
