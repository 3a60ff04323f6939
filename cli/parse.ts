import { parseArgs as tokenize, type ParseArgsOptionsConfig } from 'node:util';
import { COMMON_OPTIONS, type CommandSpec, type OptionSpec, type ParsedArgs } from './command.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { nearest } from '../contract/nearest.ts';

type Token =
  | {
      kind: 'option';
      name: string;
      rawName: string;
      value?: string | undefined;
      inlineValue?: boolean | undefined;
    }
  | { kind: 'positional'; value: string }
  | { kind: 'option-terminator' };

/**
 * Checks the words after a command's name against its spec. Fails with `usage`. The message never repeats a value, which
 * might be a secret in the wrong place.
 */
export function parseArgs(spec: CommandSpec, words: readonly string[]): Outcome<ParsedArgs> {
  const options: Record<string, OptionSpec> = { ...spec.options, ...COMMON_OPTIONS };
  const dashes = spec.rest === undefined ? -1 : words.indexOf('--');
  const own = dashes < 0 ? words : words.slice(0, dashes);
  const values: Record<string, string | number | boolean | readonly string[]> = {};
  const found: string[] = [];
  for (const token of tokensOf(own, options)) {
    if (token.kind === 'positional') found.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) return unknownOption(spec, token.rawName, Object.keys(options));
    const value = readOption(spec, token.rawName, option, token.value, token.inlineValue === true);
    if (!value.ok) return value;
    const before = values[token.name];
    values[token.name] =
      option.type === 'text' && option.many
        ? [...(Array.isArray(before) ? (before as readonly string[]) : []), String(value.value)]
        : value.value;
  }
  // Help must work even if the rest is wrong.
  if (values['help'] === true) return done({ positionals: {}, options: values, rest: [] });

  const many = spec.positionals.at(-1)?.many === true;
  const count = many ? spec.positionals.length : found.length;
  const positionals = readPositionals(spec, found.slice(0, count));
  if (!positionals.ok) return positionals;
  const rest = dashes < 0 ? [] : words.slice(dashes + 1);
  if (spec.rest !== undefined && rest.length === 0) {
    return usage(spec, `The ${spec.rest} is missing: put it after "--".`);
  }
  return done({
    positionals: positionals.value,
    options: values,
    ...(many && { more: found.slice(count) }),
    rest,
  });
}

function tokensOf(words: readonly string[], options: Readonly<Record<string, OptionSpec>>): readonly Token[] {
  // Node loads its parser on first use; `tokentray get` without options need not wait for that.
  if (!words.some((word) => word.startsWith('-'))) {
    return words.map((value) => ({ kind: 'positional', value }));
  }
  const config: ParseArgsOptionsConfig = {};
  for (const [name, { type }] of Object.entries(options)) {
    config[name] = { type: type === 'flag' ? 'boolean' : 'string' };
  }
  config['help'] = { type: 'boolean', short: 'h' };
  return tokenize({
    args: [...words],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: config,
  }).tokens;
}

function readOption(
  spec: CommandSpec,
  name: string,
  option: OptionSpec,
  value: string | undefined,
  inline: boolean,
): Outcome<string | number | boolean> {
  if (option.type === 'flag') {
    return value === undefined ? done(true) : usage(spec, `The option ${name} takes no value.`);
  }
  if (value === undefined || (!inline && value.startsWith('-') && value.length > 1)) {
    return usage(spec, `The option ${name} needs a value.`, `Write it as ${name}=${option.value}`);
  }
  if (option.type === 'number') {
    const number = /^[0-9]{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= option.min && number <= option.max) return done(number);
    return usage(spec, `The option ${name} takes a whole number from ${option.min} to ${option.max}.`);
  }
  return readChoice(spec, `The option ${name}`, value, option.choices);
}

function readPositionals(
  spec: CommandSpec,
  found: readonly string[],
): Outcome<Record<string, string | undefined>> {
  const most = spec.positionals.length;
  if (found.length > most) {
    return usage(
      spec,
      most === 0
        ? `"${spec.name}" takes no arguments.`
        : `"${spec.name}" takes at most ${most} argument${most === 1 ? '' : 's'}, not ${found.length}.`,
      spec.rest === undefined ? undefined : 'Put the command to run after "--".',
    );
  }
  const values: Record<string, string | undefined> = {};
  for (const [index, positional] of spec.positionals.entries()) {
    const value = found[index];
    if (value === undefined || value === '') {
      if (value === '' || positional.required)
        return usage(spec, `<${positional.name}> is missing: ${positional.description}.`);
      continue;
    }
    const choice = readChoice(spec, `<${positional.name}>`, value, positional.choices);
    if (!choice.ok) return choice;
    values[positional.name] = choice.value;
  }
  return done(values);
}

function readChoice(
  spec: CommandSpec,
  what: string,
  value: string,
  choices: readonly string[] | undefined,
): Outcome<string> {
  if (!choices || choices.includes(value)) return done(value);
  const meant = nearest(value, choices);
  return usage(
    spec,
    `${what} takes one of: ${choices.join(', ')}.`,
    meant === null ? undefined : `Did you mean "${meant}"?`,
  );
}

function unknownOption(spec: CommandSpec, name: string, known: readonly string[]): Outcome<never> {
  const meant = nearest(name.replace(/^-+/, ''), known);
  return usage(
    spec,
    `"${spec.name}" has no option ${name}.`,
    meant === null ? undefined : `Did you mean --${meant}?`,
  );
}

const usage = (spec: CommandSpec, message: string, hint?: string): Outcome<never> =>
  failed('usage', message, hint ?? `See: tokentray ${spec.name} --help`);
