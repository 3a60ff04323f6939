import type { ConnectionView } from '../contract/connection.ts';
import type { Failure } from '../contract/errors.ts';
import { done, type Outcome } from './outcome.ts';
import { plain } from './present/plain.ts';
import type { Runtime } from './runtime.ts';
import { signIn } from './sign-in.ts';

/**
 * Signs in to a connection again in the browser, for what it has asked for so far and `scopes` besides. Fails with
 * `failure`, which says what to do instead, for a connection that nobody signs in to in a browser.
 */
export async function askForScopes(
  runtime: Runtime,
  reference: string | undefined,
  scopes: readonly string[],
  failure: Failure,
): Promise<Outcome<void>> {
  const listed = await runtime.app.call('connections.list', {});
  if (!listed.ok) return listed;
  const connection = meant(listed.value.connections, reference);
  if (connection?.method !== 'oauth2' || connection.grant === 'client-credentials')
    return { ok: false, error: failure };
  const quiet = withoutOutput(runtime);
  quiet.log(plain(failure.message));
  const connected = await signIn(quiet, {
    reconnect: connection.id,
    scopes: [...new Set([...connection.requestedScopes, ...scopes])],
    open: true,
  });
  return connected.ok ? done(undefined) : connected;
}

/** As the app understands it: by ID or name, or the active one. Pure. */
function meant(connections: readonly ConnectionView[], reference: string | undefined): ConnectionView | null {
  const word = reference?.trim().toLowerCase();
  const found =
    word === undefined
      ? connections.filter(({ active }) => active)
      : connections.filter(({ id, name }) => id === word || name.toLowerCase() === word);
  const [only] = found.length === 1 ? found : found.filter(({ name }) => name === reference);
  return only ?? null;
}

/** Standard output is for the value that was asked for, also as JSON, so everything about the sign-in goes to standard error. */
function withoutOutput(runtime: Runtime): Runtime {
  const say = (line: string): void => {
    runtime.context.stderr.write(`${runtime.withCommands(line)}\n`);
  };
  return { ...runtime, json: false, print: say, log: say };
}
