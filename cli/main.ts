import { COMPLETE, FORWARD, NOT_WRITTEN } from './command.ts';
import { COMMANDS, firstWords, GROUPS, groupWords } from './commands.ts';
import { OutputClosed, OutputFailed, type Context } from './context.ts';
import type { Failure } from '../contract/errors.ts';
import { EXIT_CODES } from '../contract/vocabulary.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { ourFault } from './our-fault.ts';
import { parseArgs } from './parse.ts';
import { noDataFolder } from './paths.ts';
import { createRuntime, meansSandbox, report, type ReportForm } from './runtime.ts';
import { nearest } from '../contract/nearest.ts';

/** Runs one command line (without the program's own name) and resolves to the exit code. Never rejects. */
export async function main(argv: readonly string[], context: Context): Promise<number> {
  const options = beforeDashes(argv);
  const form = {
    json: options.includes('--json'),
    sandbox: options.includes('--sandbox') || meansSandbox(context),
  };
  const code = await endOf(
    async () => {
      const outcome = await dispatch(argv, context);
      if (outcome.ok) return outcome.value;
      return reported(context, form, outcome.error);
    },
    context,
    form,
  );
  // A shell loop continues after any exit code, but not after a command that died from Ctrl-C.
  if (context.interruptedBy !== null) context.endBySignal(context.interruptedBy);
  return code;
}

/** The exit code of `work`, whatever it throws. */
async function endOf(work: () => Promise<number>, context: Context, form: ReportForm): Promise<number> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof OutputClosed) return 0;
    const error = fault instanceof OutputFailed ? notWritten(fault) : ourFault(fault);
    try {
      // Where writing failed, JSON has nowhere to go either.
      report(context, { ...form, json: form.json && !(fault instanceof OutputFailed) }, error);
    } catch {
      // Nothing can be written any more; the exit code has to do.
    }
    return EXIT_CODES[error.code];
  }
}

/** The exit code of a failure, also where nobody reads what it was. */
function reported(context: Context, form: ReportForm, error: Failure): number {
  try {
    report(context, form, error);
  } catch (fault) {
    if (!(fault instanceof OutputClosed)) throw fault;
  }
  return EXIT_CODES[error.code];
}

const notWritten = ({ code }: OutputFailed): Failure => ({
  code: 'io',
  message: `The output could not be written: ${OUTPUT_FAULTS[code] ?? code}.`,
  hint: 'The command itself may have succeeded.',
});

const OUTPUT_FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the device reports an error',
  EFBIG: 'the file would be too large',
};

async function dispatch(argv: readonly string[], context: Context): Promise<Outcome<number>> {
  // Common options may also come before the command; all of them are flags.
  const start = argv.findIndex((word) => !word.startsWith('-') || word === '--');
  const flags = start < 0 ? argv : argv.slice(0, start);
  const words = start < 0 ? [] : argv.slice(start);

  if (flags.some(asksForVersion) || (words[0] === 'version' && words.length === 1)) {
    const { VERSION } = await import('./version.ts');
    context.stdout.write(`${VERSION}\n`);
    return done(0);
  }
  if (words[0] === COMPLETE) {
    const { complete } = await import('./completion/complete.ts');
    return complete(words.slice(1), context);
  }
  if (words[0] === FORWARD) {
    const { forward } = await import('./run/forward.ts');
    return done(await forward(words[1] ?? '', Number(words[2])));
  }
  if (words[0] === NOT_WRITTEN) throw new OutputFailed(words[1] ?? '');
  // What people try before they know any option.
  if (words[0] === 'help') return dispatch([...words.slice(1), '--help'], context);
  if (words.length === 0 && flags.some(asksForHelp)) {
    const { overview } = await import('./help.ts');
    context.stdout.write(await overview(context));
    return done(0);
  }
  const [group = '', ...ofGroup] = words;
  if (
    GROUPS.includes(group) &&
    (ofGroup[0] ?? '-').startsWith('-') &&
    [...flags, ...ofGroup].some(asksForHelp)
  ) {
    const { groupHelp } = await import('./help.ts');
    context.stdout.write(await groupHelp(group, context));
    return done(0);
  }

  const found = findCommand(words);
  if (!found.ok) return found;
  const { name, rest } = found.value;
  const load = COMMANDS[name];
  if (!load) throw new Error(`no module for ${name}`);
  const { command } = await load();
  const args = parseArgs(command.spec, [...flags, ...rest]);
  if (!args.ok) return args;
  if (args.value.options['help'] === true) {
    const { commandHelp } = await import('./help.ts');
    context.stdout.write(commandHelp(command.spec, context));
    return done(0);
  }
  const nowhere = noDataFolder(context);
  if (nowhere !== null) return { ok: false, error: nowhere };
  return command.run(createRuntime(context, command.spec, args.value), args.value);
}

const asksForVersion = (word: string): boolean => word === '--version' || word === '-v';
const asksForHelp = (word: string): boolean => word === '--help' || word === '-h';

/** The command that the words name, and the remaining words. */
export function findCommand(words: readonly string[]): Outcome<{ name: string; rest: readonly string[] }> {
  const [first, second] = words;
  if (first === undefined) return done({ name: 'open', rest: [] });
  if (GROUPS.includes(first)) {
    if (second === undefined || second.startsWith('-')) {
      const name = `${first} list`;
      if (Object.hasOwn(COMMANDS, name)) return done({ name, rest: words.slice(1) });
      return failed('usage', `"${first}" needs a command.`, `See: tokentray ${first} --help`);
    }
    if (groupWords(first).includes(second)) {
      return done({ name: `${first} ${second}`, rest: words.slice(2) });
    }
    return unknown(`${first} ${second}`, nearest(second, groupWords(first)), `${first} `);
  }
  if (Object.hasOwn(COMMANDS, first)) return done({ name: first, rest: words.slice(1) });
  const meant = Object.hasOwn(OTHER_WORDS, first) ? OTHER_WORDS[first] : undefined;
  return unknown(first, meant ?? nearest(first, firstWords()), '');
}

/** What people type who know other tools. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  add: 'connect',
  login: 'connect',
  'sign-in': 'connect',
  delete: 'remove',
  disconnect: 'remove',
  logout: 'remove',
  rm: 'remove',
  ls: 'list',
  connections: 'list',
  info: 'status',
  ps: 'status',
  select: 'use',
  switch: 'use',
  token: 'get',
  exec: 'run',
  logs: 'log',
  start: 'open',
  quit: 'stop',
};

function unknown(name: string, meant: string | null, group: string): Outcome<never> {
  return failed(
    'usage',
    `There is no command "${name}".`,
    meant === null ? 'See: tokentray --help' : `Did you mean "tokentray ${group}${meant}"?`,
  );
}

function beforeDashes(argv: readonly string[]): readonly string[] {
  const dashes = argv.indexOf('--');
  return dashes < 0 ? argv : argv.slice(0, dashes);
}
