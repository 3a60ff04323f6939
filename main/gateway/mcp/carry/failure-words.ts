import type { Failure } from '../../../../contract/errors.ts';
import type { McpResource } from '../ports.ts';

/** What went wrong at the server, and what to do. */
type Words = Pick<Failure, 'message' | 'hint'>;

export const refusedCredential = ({ server, connection }: McpResource): Words => ({
  message: `${server.name} does not accept the credential of “${connection.name}”.`,
  hint: `Reconnect “${connection.name}” in Tokentray.`,
});

export const unreachable = ({ server, connection }: McpResource): Words => ({
  message: `${server.name} cannot be reached with “${connection.name}”.`,
  hint: 'Try again in a moment.',
});

export const refusedBy = ({ server, connection }: McpResource, status: number): Words => ({
  message: `${server.name} refused this with the credential of “${connection.name}” (${status}).`,
  hint: 'Look at what the connection may do in Tokentray.',
});
