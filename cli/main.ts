import { COMPLETE } from './command.ts';
import { COMMANDS, firstWords, GROUPS, groupWords } from './commands.ts';
import { OutputClosed, type Context } from './context.ts';
import { EXIT_CODES } from '../contract/vocabulary.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { parseArgs } from './parse.ts';
import { createRuntime, report } from './runtime.ts';
import { nearest } from './suggest.ts';

/** Runs one command line, without the program's own name; gives the exit code. Never throws. */
export async function main(argv: readonly string[], context: Context): Promise<number> {
  const json = beforeDashes(argv).includes('--json');
  try {
    try {
      const outcome = await dispatch(argv, context);
      if (outcome.ok) return outcome.value;
      report(context, json, outcome.error);
      return EXIT_CODES[outcome.error.code];
    } catch (fault) {
      if (fault instanceof OutputClosed) throw fault;
      // A bug of ours. Its name and place help to report it; messages of engines hold no values of ours.
      const where = fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown';
      report(context, json, {
        code: 'internal',
        message: `Something unforeseen went wrong (${where}).`,
        hint: 'This is a fault of Tokentray: please report it with the command that you ran.',
      });
      return EXIT_CODES.internal;
    }
  } catch (fault) {
    if (fault instanceof OutputClosed) return 0;
    throw fault;
  }
}

async function dispatch(argv: readonly string[], context: Context): Promise<Outcome<number>> {
  // Common options may stand before the command too; all of them are flags.
  const start = argv.findIndex((word) => !word.startsWith('-') || word === '--');
  const flags = start < 0 ? argv : argv.slice(0, start);
  const words = start < 0 ? [] : argv.slice(start);

  if (flags.includes('--version')) {
    const { VERSION } = await import('./version.ts');
    context.stdout.write(`${VERSION}\n`);
    return done(0);
  }
  if (words[0] === COMPLETE) {
    const { complete } = await import('./completion/complete.ts');
    return complete(words.slice(1), context);
  }
  // The first guess of those who know no option yet.
  if (words[0] === 'help') return dispatch([...words.slice(1), '--help'], context);
  if (words.length === 0 && flags.some(asksForHelp)) {
    const { overview } = await import('./help.ts');
    context.stdout.write(await overview());
    return done(0);
  }
  const [group = '', ...ofGroup] = words;
  if (
    GROUPS.includes(group) &&
    (ofGroup[0] ?? '-').startsWith('-') &&
    [...flags, ...ofGroup].some(asksForHelp)
  ) {
    const { groupHelp } = await import('./help.ts');
    context.stdout.write(await groupHelp(group));
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
    context.stdout.write(commandHelp(command.spec));
    return done(0);
  }
  return command.run(createRuntime(context, command.spec, args.value), args.value);
}

const asksForHelp = (word: string): boolean => word === '--help' || word === '-h';

/** Which command the words name, and the words that are left for it. */
export function findCommand(words: readonly string[]): Outcome<{ name: string; rest: readonly string[] }> {
  const [first, second] = words;
  if (first === undefined) return done({ name: 'open', rest: [] });
  if (GROUPS.includes(first)) {
    if (second === undefined || second.startsWith('-')) {
      return done({ name: `${first} list`, rest: words.slice(1) });
    }
    if (groupWords(first).includes(second)) {
      return done({ name: `${first} ${second}`, rest: words.slice(2) });
    }
    return unknown(`${first} ${second}`, nearest(second, groupWords(first)), `${first} `);
  }
  if (Object.hasOwn(COMMANDS, first)) return done({ name: first, rest: words.slice(1) });
  return unknown(first, nearest(first, firstWords()), '');
}

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
