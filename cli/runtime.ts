import { App } from './app/app.ts';
import type { CommandSpec, ParsedArgs } from './command.ts';
import type { Context } from './context.ts';
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
  /** A line for people, on stderr; nothing with --json. */
  readonly log: (line: string) => void;
}

export function createRuntime(context: Context, spec: CommandSpec, { options }: ParsedArgs): Runtime {
  const { stdout, stderr, stdin, paths } = context;
  const json = options['json'] === true;
  const sandbox = options['sandbox'] === true || isOn(paths.env['TOKENTRAY_SANDBOX']);
  const err = paint(stderr, paths.env);
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
      start: spec.startsApp !== false,
      onSlow: () => {
        if (notified || !stderr.isTTY || json) return;
        notified = true;
        stderr.write(err.dim('The app is still working; press Ctrl-C to stop waiting …') + '\n');
      },
      onFallback: () => {
        if (stderr.isTTY && !json) stderr.write(err.dim('Using the sandbox.') + '\n');
      },
    }),
    document: (value) => {
      stdout.write(jsonLine(value) + '\n');
    },
    print: (line) => {
      stdout.write(line + '\n');
    },
    log: (line) => {
      if (!json) stderr.write(line + '\n');
    },
  };
}

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';

/** Reports a failure: as JSON on stdout, or as text on stderr. */
export function report({ stdout, stderr, paths }: Context, json: boolean, error: Failure): void {
  if (json) {
    stdout.write(jsonLine({ error }) + '\n');
    return;
  }
  const err = paint(stderr, paths.env);
  stderr.write(`${err.bad('tokentray:')} ${plain(error.message)}\n`);
  if (error.hint !== undefined) stderr.write(`  ${plain(error.hint)}\n`);
}
