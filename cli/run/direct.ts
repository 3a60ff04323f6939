import type { CallInput } from '../../contract/calls.ts';
import type { Child } from '../context.ts';
import { done, type Outcome } from '../outcome.ts';
import { plain } from '../present/plain.ts';
import type { Runtime } from '../runtime.ts';
import { askVariables } from './ask-variables.ts';
import { endLike } from './child-end.ts';
import { environmentFrom, readEnvFiles } from './env-files.ts';
import { SHORTEST } from './mask/secret-forms.ts';
import { MIN_TTL_SECONDS } from './min-ttl.ts';
import { mergeVariables, type MergedVariables } from './variables.ts';

type Preset = CallInput<'credentials.env'>['preset'];

export interface DirectOptions {
  /** None: the one that the folder is bound to, or the active one. */
  readonly connections: readonly string[];
  /** One for all, or one for each. */
  readonly presets: readonly NonNullable<Preset>[];
  readonly envFiles: readonly string[];
  readonly envFilesWin: boolean;
  readonly mask: boolean;
  readonly watch: boolean;
  readonly command: readonly string[];
}

/** What a command is started with at one moment. */
export interface Prepared {
  readonly child: Child;
  /** Says whether it would be started with something else now. */
  readonly fingerprint: string;
}

/** Runs a command with the variables of its connections, when that takes more than asking for one and starting it. */
export async function runDirect(runtime: Runtime, options: DirectOptions): Promise<Outcome<number>> {
  const { context } = runtime;
  const files = await readEnvFiles(context, options.envFiles);
  if (!files.ok) return files;
  const [program = '', ...args] = options.command;

  /** Every secret that the command was given so far: it may still print the one before. */
  const secrets = new Set<string>();
  const prepare = async (minTtlSeconds: number): Promise<Outcome<Prepared & { merged: MergedVariables }>> => {
    const merged = await variablesOf(runtime, options, minTtlSeconds);
    if (!merged.ok) return merged;
    const { variables } = merged.value;
    for (const { value, secret } of variables) if (secret) secrets.add(value);
    const env = environmentFrom(
      context.paths.platform,
      { inherited: context.paths.env, files: files.value, ours: variables },
      { filesWin: options.envFilesWin },
    );
    const child: Child = { command: program, args, env, ...(options.mask && { mask: [...secrets] }) };
    return done({ child, fingerprint: JSON.stringify(variables), merged: merged.value });
  };

  const first = await prepare(MIN_TTL_SECONDS);
  if (!first.ok) return first;
  explain(runtime, first.value.merged);
  if (options.mask) warnOfUnmasked(runtime, secrets);
  if (options.watch) {
    const { runWatched } = await import('./watch.ts');
    // What is there now: to ask for one that lasts would renew a short one each time.
    return runWatched(runtime, first.value, () => prepare(0));
  }
  return endLike(runtime, await context.runChild(first.value.child), program);
}

async function variablesOf(
  runtime: Runtime,
  {
    connections,
    presets,
    command: [command = ''],
  }: Pick<DirectOptions, 'connections' | 'presets' | 'command'>,
  minTtlSeconds: number,
): Promise<Outcome<MergedVariables>> {
  const named = connections.length === 0 ? [undefined] : connections;
  const answers = await Promise.all(
    named.map((connection, index) =>
      askVariables(runtime, connection, {
        preset: presets.length > 1 ? presets[index] : presets[0],
        minTtlSeconds,
        command,
      }),
    ),
  );
  const sets = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    sets.push(answer.value);
  }
  return done(mergeVariables(sets));
}

/** Whose the plain names are, once, for whoever sits at a terminal. */
function explain({ context, err, note }: Runtime, { collisions, prefixes }: MergedVariables): void {
  const [first] = prefixes;
  const [example] = collisions;
  if (first === undefined || example === undefined || !context.stderr.isTTY) return;
  const others = prefixes.map(({ prefix }) => `${prefix}${example}`).join(', ');
  note(
    err.dim(`Several connections set ${example}: it is that of ${plain(first.connection)}; also ${others}.`),
  );
}

function warnOfUnmasked({ err, note }: Runtime, secrets: ReadonlySet<string>): void {
  const short = [...secrets].filter(({ length }) => length < SHORTEST).length;
  if (short > 0) note(`${err.warn('▲')} A secret of fewer than ${SHORTEST} characters is not masked.`);
}
