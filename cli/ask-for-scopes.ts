import type { CallInput } from '../contract/calls.ts';
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
  meant: CallInput<'connections.find'>,
  scopes: readonly string[],
  failure: Failure,
): Promise<Outcome<void>> {
  const found = await runtime.app.call('connections.find', meant);
  if (!found.ok) return found;
  const connection = found.value;
  if (!isSignedInTo(connection)) return { ok: false, error: failure };
  const quiet = withoutOutput(runtime);
  quiet.log(plain(failure.message));
  const connected = await signIn(quiet, {
    reconnect: connection.id,
    scopes: [...new Set([...connection.requestedScopes, ...scopes])],
    open: true,
  });
  return connected.ok ? done(undefined) : connected;
}

/** The failure, which also says that `--ask` would sign in now, where it would. */
export async function withAsk(
  { app }: Runtime,
  meant: CallInput<'connections.find'>,
  failure: Failure,
): Promise<Outcome<never>> {
  const found = await app.call('connections.find', meant);
  const hint =
    found.ok && isSignedInTo(found.value)
      ? `To sign in for it now, and then get the value, add --ask. ${failure.hint ?? ''}`.trimEnd()
      : failure.hint;
  return { ok: false, error: { ...failure, ...(hint !== undefined && { hint }) } };
}

/** Whether a person signs in to it in a browser. */
const isSignedInTo = ({ method, grant }: ConnectionView): boolean =>
  method === 'oauth2' && grant !== 'client-credentials';

/** Standard output is for the value that was asked for, also as JSON, so everything about the sign-in goes to standard error. */
function withoutOutput(runtime: Runtime): Runtime {
  const say = (line: string): void => {
    runtime.context.stderr.write(`${runtime.withCommands(line)}\n`);
  };
  return { ...runtime, json: false, print: say, log: say };
}
