import type { Failure } from '../../../../contract/errors.ts';
import type { McpResource } from '../ports.ts';

/** What went wrong at the server, and what to do. */
export type Words = Pick<Failure, 'message' | 'hint'>;

/** A 401 that says nothing of scopes. `renewed`: the credential was renewed just before. */
export const refusedCredential = ({ server, connection }: McpResource, renewed: boolean): Words => ({
  message: `${server.name} does not accept the credential of “${connection.name}”${renewed ? ', although it was just renewed' : ''}.`,
  hint: `Reconnect “${connection.name}” in Tokentray.`,
});

/** The credential is fine, but does not go far enough. */
export const lacksScopes = ({ server, connection }: McpResource, scopes: readonly string[]): Words => ({
  message:
    scopes.length === 0
      ? `${server.name} needs a permission that “${connection.name}” does not have.`
      : `${server.name} needs permissions that “${connection.name}” does not have. It asks for: ${scopes.join(', ')}.`,
  hint: `The credential itself works. Reconnect “${connection.name}” in Tokentray with these permissions, if you may have them.`,
});

export const unreachable = ({ server, connection }: McpResource): Words => ({
  message: `${server.name} cannot be reached with “${connection.name}”.`,
  hint: 'Try again in a moment.',
});

/** It asked for a pause. */
export const limited = ({ server, connection }: McpResource, afterMs: number): Words => ({
  message: `${server.name} asked for a pause of everything that uses “${connection.name}”.`,
  hint: `Try again in ${Math.ceil(afterMs / 1000)} s.`,
});

export const refusedBy = ({ server, connection }: McpResource, status: number): Words => ({
  message: `${server.name} refused this with the credential of “${connection.name}” (${status}).`,
  hint: 'Look at what the connection may do in Tokentray.',
});
