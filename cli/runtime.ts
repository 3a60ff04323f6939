import { App } from './app/app.ts';
import type { CommandSpec, ParsedArgs } from './command.ts';
import { OutputClosed, OutputFailed, type Context } from './context.ts';
import { withCommands } from '../contract/command-text.ts';
import type { Failure } from '../contract/errors.ts';
import { paint, type Paint } from './present/paint.ts';
import { jsonLine } from './present/json-line.ts';
import { plain } from './present/plain.ts';

/** What one run of a command works with: its context, the app, and its output. */
export interface Runtime {
  readonly context: Context;
  readonly app: App;
  readonly json: boolean;
  /** The sandbox was requested explicitly. */
  readonly sandbox: boolean;
  /** Someone can answer questions at a terminal. */
  readonly interactive: boolean;
  /** Colours of stdout and of stderr. */
  readonly out: Paint;
  readonly err: Paint;
  /** A JSON document on its own line of stdout, for programs. */
  readonly document: (value: unknown) => void;
  /** A line of data, on stdout. */
  readonly print: (line: string) => void;
  /** A text in which every command works as it is printed. */
  readonly withCommands: (text: string) => string;
  /** A line for people, on stderr, with commands that work as printed; nothing with --json. */
  readonly log: (line: string) => void;
  /** As `log`, but that nobody reads it any more is no reason to end. */
  readonly note: (line: string) => void;
}

export function createRuntime(context: Context, spec: CommandSpec, { options }: ParsedArgs): Runtime {
  const { stdout, stderr, stdin, paths } = context;
  const json = options['json'] === true;
  const sandbox = options['sandbox'] === true || meansSandbox(context);
  const commands = (text: string): string => withCommands(text, { program: context.program, sandbox });
  const err = paint(stderr, paths.env);
  const log = (line: string): void => {
    if (!json) stderr.write(commands(line) + '\n');
  };
  const note = (line: string): void => {
    try {
      log(line);
    } catch (fault) {
      if (!(fault instanceof OutputClosed || fault instanceof OutputFailed)) throw fault;
    }
  };
  let notified = false;
  return {
    context,
    json,
    sandbox,
    get interactive() {
      return !json && stdin.isTTY && stderr.isTTY;
    },
    out: paint(stdout, paths.env),
    err,
    app: new App(context, {
      sandbox,
      start: spec.startsApp ?? 'auto',
      onSlow: (forApproval) => {
        if (notified || !(stderr.isTTY || forApproval)) return;
        notified = true;
        // For an approval in scripts too: nothing else says why they stand still.
        const line = forApproval
          ? 'Waiting for your approval in Tokentray …'
          : 'The app is still working; press Ctrl-C to stop waiting …';
        note(err.dim(line));
      },
      onStart: ({ died }) => {
        if (stderr.isTTY || died)
          note(err.dim('Started the app with your own connections, not the sandbox.'));
      },
      onFallback: () => {
        if (stderr.isTTY) note(err.dim('Using the sandbox.'));
      },
    }),
    document: (value) => {
      stdout.write(jsonLine(value) + '\n');
    },
    print: (line) => {
      stdout.write(line + '\n');
    },
    withCommands: commands,
    log,
    note,
  };
}

/** Whether the environment asks for the sandbox. */
export const meansSandbox = ({ paths }: Pick<Context, 'paths'>): boolean =>
  ['1', 'true'].includes(paths.env['TOKENTRAY_SANDBOX'] ?? '');

/** How a failure is reported. */
export interface ReportForm {
  readonly json: boolean;
  readonly sandbox: boolean;
}

/** Reports a failure: as JSON on stdout, or as text on stderr. */
export function report(context: Context, { json, sandbox }: ReportForm, failure: Failure): void {
  const { stdout, stderr, paths, program } = context;
  const { code, message, hint, detail } = failure;
  const error = {
    code,
    message,
    ...(hint !== undefined && { hint: withCommands(hint, { program, sandbox }) }),
    // People get what to do; what the system said is in `doctor`.
    ...(json && detail !== undefined && { detail }),
  };
  if (json) {
    stdout.write(jsonLine({ error }) + '\n');
    return;
  }
  const err = paint(stderr, paths.env);
  stderr.write(`${err.bad('tokentray:')} ${plain(error.message)}\n`);
  if (error.hint !== undefined) stderr.write(`  ${plain(error.hint)}\n`);
}
