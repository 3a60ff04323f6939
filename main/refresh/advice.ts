import type { ConnectionRecord } from '../store/records.ts';

/** What to do when the provider ended the grant. */
export const reconnectAdvice = ({ name }: Pick<ConnectionRecord, 'name'>): string =>
  `Choose Reconnect, or run \`tokentray reconnect ${JSON.stringify(name)}\`.`;

/** What to do when the app registration is at fault. */
export const clientAdvice = ({ provider }: Pick<ConnectionRecord, 'provider'>): string =>
  `Check the client id and secret under Providers, or run \`tokentray clients add ${provider}\` with the right ones. ` +
  'Signing in again does not help.';
