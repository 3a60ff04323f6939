import type { Outcome } from './outcome.ts';
import type { Runtime } from './runtime.ts';

/** What a shell may suggest for a word: names of connections, IDs of existing records, or files. */
export type Completes =
  | 'connections'
  | 'apis'
  | 'presets'
  | 'providers'
  | 'clients'
  | 'exports'
  | 'consumers'
  | 'held'
  | 'grants'
  | 'hooks'
  | 'consents'
  | 'files'
  | 'commands';

/** Systems and kinds of the app: `posix` has named pipes and sockets in files, `page` serves the window as a page. */
export type Where = 'linux' | 'posix' | 'page';

export interface PositionalSpec {
  readonly name: string;
  readonly description: string;
  readonly required?: true;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
  /** The last one only: further words are more of the same; see `Args.more`. */
  readonly many?: true;
}

interface OptionBase {
  readonly description: string;
  /** Left out of help and completion. */
  readonly hidden?: true;
  /** Where there is such a thing, if not everywhere. */
  readonly only?: Where;
}
export interface FlagSpec extends OptionBase {
  readonly type: 'flag';
}
export interface TextOptionSpec extends OptionBase {
  readonly type: 'text';
  /** Placeholder in the help. */
  readonly value: string;
  readonly choices?: readonly string[];
  /** Choices that there are not everywhere. */
  readonly choicesOnly?: Readonly<Record<string, Where>>;
  readonly completes?: Completes;
  /** It may be given several times, and all of its values count; otherwise the last one does. */
  readonly many?: true;
}
export interface NumberOptionSpec extends OptionBase {
  readonly type: 'number';
  readonly value: string;
  readonly min: number;
  readonly max: number;
}
export type OptionSpec = FlagSpec | TextOptionSpec | NumberOptionSpec;

/** Describes a command's arguments and options; help, parsing and completion are derived from it. */
export interface CommandSpec {
  /** Includes the group, as in `export add`. */
  readonly name: string;
  readonly summary: string;
  /** More for the help, where the summary is not enough. */
  readonly details?: string;
  readonly positionals: readonly PositionalSpec[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Placeholder for everything after `--`, which is passed on to another program. */
  readonly rest?: string;
  readonly examples: readonly string[];
  /** Where there is such a command, if not everywhere. */
  readonly only?: Where;
  /** `never`: does not start the app; `open`: starts it for its window, also the sandbox's. */
  readonly startsApp?: 'never' | 'open';
}

type OptionValue<O extends OptionSpec> = O extends FlagSpec
  ? boolean
  : O extends NumberOptionSpec
    ? number
    : O extends { many: true }
      ? readonly Chosen<O>[]
      : Chosen<O>;

type Chosen<O> = O extends { choices: readonly (infer C)[] } ? C : string;

type PositionalValue<P extends PositionalSpec> =
  | (P extends { choices: readonly (infer C)[] } ? C : string)
  | (P extends { required: true } ? never : undefined);

/** The words of a command line, checked against its spec. */
export interface Args<S extends CommandSpec> {
  readonly positionals: {
    readonly [P in S['positionals'][number] as P['name']]: PositionalValue<P>;
  };
  readonly options: { readonly [N in keyof S['options']]?: OptionValue<S['options'][N]> };
  /** What was given beyond the first word of a positional with `many`. */
  readonly more?: readonly string[];
  readonly rest: readonly string[];
}

type OptionGiven = string | number | boolean | readonly string[];

export interface ParsedArgs {
  readonly positionals: Readonly<Record<string, string | undefined>>;
  readonly options: Readonly<Record<string, OptionGiven>>;
  readonly more?: readonly string[];
  readonly rest: readonly string[];
}

export interface Command {
  readonly spec: CommandSpec;
  /** Resolves to the exit code. */
  run(runtime: Runtime, args: ParsedArgs): Promise<Outcome<number>>;
}

/** A command whose `run` receives the arguments with the types given by its spec. */
export const defineCommand = <const S extends CommandSpec>(
  spec: S,
  run: (runtime: Runtime, args: Args<S>) => Promise<Outcome<number>>,
): Command => ({
  spec,
  // `parseArgs` has checked them against this very spec.
  run: (runtime, args) => run(runtime, args as unknown as Args<S>),
});

/** Every command has these. `sandbox` can also be set in the environment: TOKENTRAY_SANDBOX=1. */
export const COMMON_OPTIONS = {
  json: { type: 'flag', description: 'Print JSON, one document per line' },
  sandbox: { type: 'flag', description: 'Use the sandbox instead of your own connections' },
  help: { type: 'flag', description: 'Show this help' },
} as const satisfies Record<string, OptionSpec>;

/** What completion scripts call; not for people. */
export const COMPLETE = '__complete';

/** What isolated commands reach the gateway through; not for people either. */
export const FORWARD = '__forward';

/**
 * How the native client hands over what it cannot do (cli/native/hand-over.c): a request that it has sent, with the file
 * descriptors of the connection and of what has arrived; an option, so that the command is still the first word …
 */
export const RESUME = /^--__resume=(\d+),(\d+)$/;
/** … or output that it could not write. */
export const NOT_WRITTEN = '__not-written';
