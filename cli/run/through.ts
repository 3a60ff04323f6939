import path from 'node:path';
import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { Rules } from '../../contract/gateway.ts';
import type { Child, ChildEnd } from '../context.ts';
import { meantConnection } from '../meant-connection.ts';
import { failed, type Outcome } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import type { Runtime } from '../runtime.ts';
import { endLike } from './child-end.ts';
import { environmentFrom, readEnvFiles } from './env-files.ts';

export interface ThroughOptions {
  readonly through: CallInput<'gateway.begin-run'>['through'];
  readonly connections: string[] | undefined;
  readonly preset: CallInput<'gateway.begin-run'>['preset'];
  readonly readOnly: boolean;
  readonly isolated: boolean;
  /** Isolated even where that is no boundary. */
  readonly asRoot: boolean;
  readonly envFiles: readonly string[];
  readonly envFilesWin: boolean;
  /** Replace the key in what the command prints. */
  readonly mask: boolean;
  readonly command: readonly string[];
}

const READ_ONLY: Rules = [{ then: 'allow', operations: ['read'] }];

/**
 * Runs a command that has a key of its own instead of a credential. The key ends with the command, and with this process,
 * however that ends: the app watches the connection that is kept open meanwhile.
 */
export async function runThrough(runtime: Runtime, options: ThroughOptions): Promise<Outcome<number>> {
  const { app, context, note, err } = runtime;
  const [program = '', ...args] = options.command;
  const isolation = options.isolated ? await import('./isolation.ts') : null;
  const refused = (await isolation?.whyNotIsolated(runtime, options)) ?? null;
  if (refused !== null) return refused;
  const files = await readEnvFiles(context, options.envFiles);
  if (!files.ok) return files;
  const begun = await app.call('gateway.begin-run', {
    through: options.through,
    ...(options.connections === undefined
      ? meantConnection(context, undefined)
      : { connections: options.connections }),
    preset: options.preset,
    rules: options.readOnly ? READ_ONLY : undefined,
    isolated: options.isolated,
    program: path.basename(program).slice(0, 500),
  });
  if (!begun.ok) return begun;
  const run = begun.value;
  const hold = await holdRun(runtime, run);
  if (!hold.ok) return hold;
  let end: ChildEnd;
  try {
    for (const line of run.notes) note(`${err.warn('▲')} ${plain(line)}`);
    const { env: inherited, platform } = context.paths;
    const sources = { inherited, files: files.value, ours: run.variables, removed: run.removed };
    const child: Child = {
      command: program,
      args,
      env: environmentFrom(platform, sources, { filesWin: options.envFilesWin }),
    };
    const secrets = run.variables.flatMap(({ value, secret }) => (secret ? [value] : []));
    const isolated = await isolation?.isolate(runtime, child, run.variables);
    if (isolated?.ok === false) return isolated;
    try {
      end = await context.runChild({
        ...(isolated?.value.child ?? child),
        ...(options.mask && { mask: secrets }),
      });
    } finally {
      await isolated?.value.end();
    }
  } finally {
    await hold.value.end();
  }
  // Last: where the command was ended by a signal, this process ends here.
  return endLike(runtime, end, program);
}

/** Keeps the run alive until `end`, and says so when the app ends before. */
async function holdRun(
  { app, note }: Runtime,
  { run }: CallOutput<'gateway.begin-run'>,
): Promise<Outcome<{ end: () => Promise<void> }>> {
  const abort = new AbortController();
  let ending = false;
  const endRun = async (): Promise<void> => {
    ending = true;
    await app.call('gateway.end-run', { run });
    abort.abort();
  };
  return new Promise((resolve) => {
    void app
      .hold(run, {
        signal: abort.signal,
        onOpen: () => {
          resolve({ ok: true, value: { end: endRun } });
        },
      })
      .then((held) => {
        if (ending) return;
        // Nothing if it was held before.
        resolve(held.ok ? failed('failed', 'The app did not start the run.') : held);
        note('tokentray: The app has ended, so whatever the command asks from now on fails. Start it again.');
      });
  });
}
