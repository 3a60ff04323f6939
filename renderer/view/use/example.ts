import type { ConnectionView } from '../../../contract/connection.ts';
import type { CommandUse, ConnectionUse, ExampleRequest, SentUse } from '../../../contract/example.ts';

/** What an example of code is about. */
export interface Example {
  command: CommandUse;
  connection: Pick<ConnectionView, 'id' | 'name'>;
  sent: SentUse;
  request: ExampleRequest;
}

/** For a provider of which no address is known: the person puts in theirs. */
export const UNKNOWN_ADDRESS = 'https://api.example.com/';

const UNKNOWN: ExampleRequest = { api: null, method: 'GET', path: UNKNOWN_ADDRESS, headers: {}, body: null };

export const exampleOf = (connection: Example['connection'], use: ConnectionUse): Example => ({
  connection,
  command: use.command,
  sent: use.sent,
  request: use.request ?? UNKNOWN,
});

/** The headers that carry no secret. Pure. */
export function headersOf({ headers }: ExampleRequest): Record<string, string> {
  const hasAccept = Object.keys(headers).some((name) => name.toLowerCase() === 'accept');
  return { ...(!hasAccept && { Accept: 'application/json' }), ...headers };
}
