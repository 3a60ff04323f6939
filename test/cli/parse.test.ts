import { SIGN_IN_METHODS } from '../../contract/vocabulary.ts';
import { expect, it } from 'vitest';
import type { CommandSpec } from '../../cli/command.ts';
import { parseArgs } from '../../cli/parse.ts';
import { CliContext } from '../fakes/cli-context.ts';

const spec = {
  name: 'paint',
  summary: 'Paints',
  positionals: [
    { name: 'thing', description: 'what', required: true },
    { name: 'tone', description: 'how', choices: ['dark', 'light'] },
  ],
  options: {
    colour: { type: 'text', value: 'C', description: 'x', choices: ['red', 'green'] },
    note: { type: 'text', value: 'N', description: 'x' },
    with: { type: 'text', value: 'W', description: 'x', many: true },
    coats: { type: 'number', value: 'N', description: 'x', min: 1, max: 9 },
    'no-dry': { type: 'flag', description: 'x' },
  },
  examples: [],
} as const satisfies CommandSpec;

const runner: CommandSpec = { ...spec, positionals: spec.positionals.slice(1), rest: 'command' };

it.each([
  [['wall'], { thing: 'wall' }, {}],
  [['wall', 'dark'], { thing: 'wall', tone: 'dark' }, {}],
  [['--colour', 'red', 'wall'], { thing: 'wall' }, { colour: 'red' }],
  [['wall', '--colour=green', '--coats=2'], { thing: 'wall' }, { colour: 'green', coats: 2 }],
  [
    ['wall', '--note=-x', '--no-dry', '--json'],
    { thing: 'wall' },
    { note: '-x', 'no-dry': true, json: true },
  ],
  [['--note', 'a', '--note', 'b', 'wall'], { thing: 'wall' }, { note: 'b' }],
  [['--with', 'a', '--with=b', 'wall'], { thing: 'wall' }, { with: ['a', 'b'] }],
  [['--with', 'a', 'wall'], { thing: 'wall' }, { with: ['a'] }],
  [['--', '--wall'], { thing: '--wall' }, {}],
  [['--note', '-', 'wall'], { thing: 'wall' }, { note: '-' }],
  [['-h'], {}, { help: true }],
  [['--help', '--colour', 'red'], {}, { help: true, colour: 'red' }],
])('takes %j', (words, positionals, options) => {
  expect(parseArgs(spec, words)).toEqual({ ok: true, value: { positionals, options, rest: [] } });
});

it.each([
  [[], '<thing> is missing: what.', 'See: tokentray paint --help'],
  [[''], '<thing> is missing: what.', 'See: tokentray paint --help'],
  [['a', 'dark', 'c'], '"paint" takes at most 2 arguments, not 3.', 'See: tokentray paint --help'],
  [['a', 'dork'], '<tone> takes one of: dark, light.', 'Did you mean "dark"?'],
  [['a', '--color', 'red'], '"paint" has no option --color.', 'Did you mean --colour?'],
  [['a', '--zzzzzz'], '"paint" has no option --zzzzzz.', 'See: tokentray paint --help'],
  [['a', '-x'], '"paint" has no option -x.', 'See: tokentray paint --help'],
  [['a', '--colour=rde'], 'The option --colour takes one of: red, green.', 'Did you mean "red"?'],
  [['a', '--colour'], 'The option --colour needs a value.', 'Write it as --colour=C'],
  [['a', '--note', '--json'], 'The option --note needs a value.', 'Write it as --note=N'],
  [['a', '--no-dry=yes'], 'The option --no-dry takes no value.', 'See: tokentray paint --help'],
  [
    ['a', '--coats=10'],
    'The option --coats takes a whole number from 1 to 9.',
    'See: tokentray paint --help',
  ],
  [
    ['a', '--coats=1.5'],
    'The option --coats takes a whole number from 1 to 9.',
    'See: tokentray paint --help',
  ],
  [['a', '--constructor'], '"paint" has no option --constructor.', 'See: tokentray paint --help'],
])('refuses %j', (words, message, hint) => {
  expect(parseArgs(spec, words)).toEqual({ ok: false, error: { code: 'usage', message, hint } });
});

it('never repeats a value, which may be a secret in the wrong place', () => {
  for (const words of [
    ['a', 'dark', 'hunter2'],
    ['a', '--tokn=hunter2'],
    ['a', 'hunter2'],
    ['a', '--coats=hunter2'],
  ]) {
    expect(JSON.stringify(parseArgs(spec, words))).not.toContain('hunter2');
  }
});

it('leaves what stands after the dashes alone', () => {
  expect(parseArgs(runner, ['dark', '--', 'ls', '--', '-l', '--json'])).toEqual({
    ok: true,
    value: { positionals: { tone: 'dark' }, options: {}, rest: ['ls', '--', '-l', '--json'] },
  });
});

it.each([[['--']], [[]], [['dark']]])('asks for the command after the dashes: %j', (words) => {
  const parsed = parseArgs(runner, words);
  expect(parsed.ok || parsed.error.message).toBe('The command is missing: put it after "--".');
});

it('keeps hidden options out of help, and takes them', async () => {
  const { commandHelp } = await import('../../cli/help.ts');
  const soon = { type: 'flag', description: 'Later', hidden: true } as const;
  const hiding = { name: 'run', summary: '', positionals: [], options: { soon }, examples: [] } as const;
  const cli = new CliContext();
  expect(commandHelp(hiding, cli)).not.toContain('soon');
  cli.dispose();
  expect(parseArgs(hiding, ['--soon'])).toMatchObject({ ok: true, value: { options: { soon: true } } });
});

it('takes every method to sign in', async () => {
  const { command } = await import('../../cli/commands/connect.ts');
  for (const method of SIGN_IN_METHODS)
    expect(parseArgs(command.spec, ['atlassian', '--method', method]).ok).toBe(true);
  expect(parseArgs(command.spec, ['atlassian', '--method', 'saml'])).toMatchObject({ ok: false });
});

it('takes several words for the last argument where its command does', () => {
  const spec = {
    name: 'gateway add',
    summary: '',
    positionals: [{ name: 'connection', description: 'names', many: true }],
    options: {},
    examples: [],
  } as const;
  expect(parseArgs(spec, ['acme', 'beta', 'third'])).toMatchObject({
    value: { positionals: { connection: 'acme' }, more: ['beta', 'third'] },
  });
  expect(parseArgs(spec, [])).toMatchObject({ value: { positionals: {}, more: [] } });
});
