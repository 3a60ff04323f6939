import path from 'node:path';
import type { CallInput, CallOutput } from '../../contract/calls.ts';
import { meantConnection } from '../meant-connection.ts';
import { failed, type Outcome } from '../outcome.ts';
import type { Runtime } from '../runtime.ts';

/** The variables of one connection, for the program `command`. A preset that is a template has none, and is refused. */
export async function askVariables(
  { app, context }: Pick<Runtime, 'app' | 'context'>,
  connection: string | undefined,
  {
    preset,
    minTtlSeconds,
    command,
  }: Pick<CallInput<'credentials.env'>, 'preset' | 'minTtlSeconds'> & { command: string },
): Promise<Outcome<CallOutput<'credentials.env'>>> {
  const answer = await app.call('credentials.env', {
    ...meantConnection(context, connection),
    preset,
    // Its text is not used; it is the one that holds every value.
    format: 'json',
    minTtlSeconds,
    // Never more of a command: its arguments may be secret.
    program: path.basename(command).slice(0, 500),
  });
  if (!answer.ok || answer.value.template !== true) return answer;
  return failed(
    'unsupported',
    `The preset ${preset ?? ''} is a template for a file, so it has no variables.`,
    `Keep a file up to date with it: tokentray export add FILE --preset ${preset ?? ''}`,
  );
}
