import { clientTitle } from '../../contract/consent-title.ts';
import { PRESET_NAMES } from '../../contract/vocabulary.ts';
import { App } from '../app/app.ts';
import { COMMON_OPTIONS, type Completes, type OptionSpec } from '../command.ts';
import { COMMANDS, firstWords, GROUPS, groupWords } from '../commands.ts';
import type { Context } from '../context.ts';
import { done, type Outcome } from '../outcome.ts';
import { isHere, type Here } from '../here.ts';
import { noDataFolder } from '../paths.ts';
import { plain } from '../present/plain.ts';
import { meansSandbox } from '../runtime.ts';

/** Nobody who pressed Tab waits longer. */
const TIME_LIMIT_MS = 1000;

interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Prints the candidates for the last of the words after `--`. Never starts the app, never fails. */
export async function complete(argv: readonly string[], context: Context): Promise<Outcome<number>> {
  const words = argv[0] === '--' ? argv.slice(1) : argv;
  const current = unquote(words.at(-1) ?? '');
  const offered = await candidates(words.slice(0, -1).map(unquote), current, context);
  for (const { value, description } of offered) {
    if (value.startsWith(current) || value.startsWith(':')) {
      context.stdout.write(
        description === '' ? `${plain(value)}\n` : `${plain(value)}\t${plain(description)}\n`,
      );
    }
  }
  return done(0);
}

async function candidates(
  before: readonly string[],
  current: string,
  context: Context,
): Promise<Candidate[]> {
  const words = before.filter((word, index) => index > 0 || !word.startsWith('-'));
  const [first] = words;
  if (first === undefined) {
    return current.startsWith('-')
      ? options({ ...COMMON_OPTIONS }, [], context)
      : describeAll(firstWords(), '', context);
  }
  const inGroup = GROUPS.includes(first);
  if (inGroup && words.length === 1 && !current.startsWith('-'))
    return describeAll(groupWords(first), first, context);
  const second = words[1] ?? '';
  const name = !inGroup ? first : groupWords(first).includes(second) ? `${first} ${second}` : `${first} list`;
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) return [];
  const { spec } = (await load()).command;
  const given = words.slice(name.split(' ').length);
  if (spec.rest !== undefined && given.includes('--')) {
    return fixed([given.at(-1) === '--' ? ':commands' : ':files']);
  }
  const known: Readonly<Record<string, OptionSpec>> = { ...spec.options, ...COMMON_OPTIONS };
  const asked = optionNamed(known, given.at(-1) ?? '');
  if (asked && asked.type !== 'flag') {
    return asked.type === 'number' ? [] : values(asked.choices, asked.completes, context, given);
  }
  if (current.startsWith('-')) return options(known, given, context);
  const position = given.filter((word, index) => {
    const owner = optionNamed(known, given[index - 1] ?? '');
    return !word.startsWith('-') && (!owner || owner.type === 'flag');
  }).length;
  const last = spec.positionals.at(-1);
  const positional = spec.positionals[position] ?? (last?.many ? last : undefined);
  return positional ? values(positional.choices, positional.completes, context, given) : [];
}

const optionNamed = (known: Readonly<Record<string, OptionSpec>>, word: string): OptionSpec | undefined =>
  word.startsWith('--') && Object.hasOwn(known, word.slice(2)) ? known[word.slice(2)] : undefined;

const fixed = (all: readonly string[]): Candidate[] => all.map((value) => ({ value, description: '' }));

const options = (
  known: Readonly<Record<string, OptionSpec>>,
  given: readonly string[],
  here: Here,
): Candidate[] =>
  Object.entries(known)
    .filter(
      ([name, option]) =>
        !option.hidden && isHere(option.only, here) && (isMany(option) || !given.includes(`--${name}`)),
    )
    .map(([name, { description }]) => ({ value: `--${name}`, description }));

const isMany = (option: OptionSpec): boolean => option.type === 'text' && option.many === true;

async function describeAll(names: readonly string[], group: string, here: Here): Promise<Candidate[]> {
  const found = await Promise.all(
    names.map(async (value) => {
      const load = COMMANDS[group === '' ? value : `${group} ${value}`] ?? COMMANDS[`${value} list`];
      const spec = (await load?.())?.command.spec;
      return isHere(spec?.only, here) ? [{ value, description: spec?.summary ?? '' }] : [];
    }),
  );
  return found.flat();
}

async function values(
  choices: readonly string[] | undefined,
  completes: Completes | undefined,
  context: Context,
  given: readonly string[],
): Promise<Candidate[]> {
  if (choices) return fixed(choices);
  const sandbox = given.includes('--sandbox') || meansSandbox(context);
  if (noDataFolder(context) !== null) return [];
  const app = new App(context, { sandbox, start: 'never', timeoutMs: TIME_LIMIT_MS });
  switch (completes) {
    case undefined:
      return [];
    case 'files':
      return fixed([':files']);
    case 'commands':
      return fixed([':commands']);
    case 'connections': {
      const listed = await app.call('connections.list', {});
      if (!listed.ok) return [];
      return listed.value.connections.map(({ name, account }) => ({
        value: name,
        description: account.email ?? account.name,
      }));
    }
    case 'apis': {
      const listed = await app.call('connections.list', {});
      if (!listed.ok) return [];
      const apis = listed.value.connections.flatMap((connection) => connection.apis);
      const names = new Map(apis.map(({ id, name }) => [id, name]));
      return [...names].map(([value, description]) => ({ value, description }));
    }
    case 'presets': {
      const listed = await app.call('presets.list', {});
      // The ones that are included can be offered while the app does not run.
      if (!listed.ok) return fixed(PRESET_NAMES);
      return listed.value.presets.map(({ name, description }) => ({ value: name, description }));
    }
    case 'providers': {
      const listed = await app.call('providers.list', {});
      return listed.ok
        ? listed.value.providers.map(({ id, name }) => ({ value: id, description: name }))
        : [];
    }
    case 'clients': {
      const listed = await app.call('clients.list', {});
      return listed.ok
        ? listed.value.clients.map(({ name, clientId }) => ({ value: name, description: clientId }))
        : [];
    }
    case 'consumers': {
      const seen = await app.call('gateway.view', {});
      return seen.ok
        ? seen.value.consumers.map(({ name, kind }) => ({ value: name, description: kind }))
        : [];
    }
    case 'held': {
      const seen = await app.call('gateway.view', {});
      return seen.ok ? seen.value.held.map(({ id, summary }) => ({ value: id, description: summary })) : [];
    }
    case 'grants': {
      const listed = await app.call('grants.list', {});
      return listed.ok
        ? listed.value.grants.map(({ id, program, connection }) => ({
            value: id,
            description: `${program.name}, ${connection.name}`,
          }))
        : [];
    }
    case 'consents': {
      const seen = await app.call('mcp.consents', {});
      return seen.ok
        ? seen.value.consents.map((consent) => ({ value: consent.id, description: clientTitle(consent) }))
        : [];
    }
    case 'hooks': {
      const listed = await app.call('hooks.list', {});
      return listed.ok
        ? listed.value.hooks.map(({ id, event, program }) => ({
            value: id,
            description: `${event}: ${program}`,
          }))
        : [];
    }
    case 'exports': {
      const listed = await app.call('exports.list', {});
      return listed.ok ? listed.value.exports.map(({ id, file }) => ({ value: file, description: id })) : [];
    }
  }
}

/** The word without shell quoting: bash passes what was typed as it is. */
const unquote = (word: string): string => word.replace(/^(["'])(.*?)\1?$/, '$2').replace(/\\(.)/g, '$1');
