import {
  COMMON_OPTIONS,
  type CommandSpec,
  type OptionSpec,
  type PositionalSpec,
  type TextOptionSpec,
} from './command.ts';
import { COMMANDS, groupWords } from './commands.ts';
import type { Context } from './context.ts';
import { isHere, NOT_HERE, type Here } from './here.ts';
import { indented, wrap } from './present/fit.ts';
import { lineWidth } from './present/terminal.ts';

const SECTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['Use credentials', ['get', 'env', 'run']],
  [
    'Connections',
    ['connect', 'list', 'use', 'test', 'refresh', 'pause', 'resume', 'rename', 'reconnect', 'remove', 'undo'],
  ],
  ['Moving in', ['import']],
  [
    'Gateway',
    [
      'gateway list',
      'gateway add',
      'gateway change',
      'gateway remove',
      'gateway rules',
      'gateway operations',
      'gateway requests',
      'gateway usage',
      'gateway held',
      'gateway approve',
      'gateway deny',
      'gateway port',
    ],
  ],
  ['Programs', ['grants list', 'grants require', 'grants revoke']],
  ['Git', ['git install', 'git list', 'git uninstall', 'git-credential']],
  [
    'Env files',
    [
      'export add',
      'export list',
      'export check',
      'export write',
      'export remove',
      'presets list',
      'presets check',
      'presets add',
    ],
  ],
  ['Hooks', ['hooks add', 'hooks list', 'hooks test', 'hooks pause', 'hooks resume', 'hooks remove']],
  [
    'MCP clients',
    [
      'mcp add',
      'mcp list',
      'mcp remove',
      'mcp status',
      'mcp sign-in',
      'mcp consents',
      'mcp allow',
      'mcp deny',
      'mcp header',
      'mcp serve',
    ],
  ],
  ['Other machines and containers', ['remote list', 'remote add', 'remote remove']],
  [
    'Providers',
    [
      'providers list',
      'providers check',
      'providers add',
      'clients list',
      'clients add',
      'clients change',
      'clients remove',
    ],
  ],
  ['Your data', ['backup', 'restore', 'key rotate']],
  [
    'The app',
    ['open', 'serve', 'stop', 'status', 'doctor', 'lock', 'unlock', 'network', 'log', 'completion'],
  ],
];

const EXIT_CODES = [
  ['0', 'success'],
  ['1', 'failed'],
  ['2', 'wrong usage'],
  ['3', 'app not reachable'],
  ['4', 'needs reconnect'],
  ['5', 'not found'],
  ['6', 'offline or temporary'],
  ['7', 'locked, or keychain locked or missing'],
] as const;

/** Where nobody says how wide lines may be. */
const USUAL_COLUMNS = 80;
/** Longer lines are hard to read. */
const MOST_COLUMNS = 100;
/** What a description needs beside its name, else it begins below. */
const LEAST_DESCRIPTION = 30;

/** The help for the whole program. */
export async function overview(context: Context): Promise<string> {
  const sections = await Promise.all(SECTIONS.map(([title, names]) => summaries(title, names, context)));
  return lines(
    ...wrap(
      'Connects accounts, keeps their tokens fresh and makes them available to local tools.',
      roomIn(context),
    ),
    '',
    'Usage: tokentray [command] [options]',
    'Without a command, it opens the app.',
    ...sections.flat(),
    ...section(
      'Options for every command',
      [...optionRows(COMMON_OPTIONS, context), ['-v, --version', 'Print the version']],
      roomIn(context),
    ),
    ...section('Exit codes', EXIT_CODES, roomIn(context)),
    '',
    'Help for a command: tokentray <command> --help',
    'Example: tokentray connect atlassian',
  );
}

/** The help for a group of commands. */
export async function groupHelp(group: string, context: Context): Promise<string> {
  const words = groupWords(group);
  return lines(
    `Usage: tokentray ${group} <command> [options]`,
    ...(words.includes('list') ? [`Without a command, it runs "tokentray ${group} list".`] : []),
    ...(await summaries(
      'Commands',
      words.map((word) => `${group} ${word}`),
      context,
    )),
    '',
    `Help for a command: tokentray ${group} <command> --help`,
    `Example: tokentray ${group} ${words.includes('list') ? 'list' : (words[0] ?? '')} --help`,
  );
}

/** The help for one command. */
export function commandHelp(spec: CommandSpec, context: Context): string {
  const room = roomIn(context);
  const positionals = spec.positionals.map(({ name, description, choices }) => [
    name,
    sentence(description, choices),
  ]);
  const details = spec.details?.split('\n') ?? [];
  return lines(
    ...wrap(`${spec.summary}.`, room),
    ...(spec.only === undefined || isHere(spec.only, context) ? [] : wrap(NOT_HERE[spec.only], room)),
    ...details.flatMap((paragraph) => ['', ...wrap(paragraph, room)]),
    '',
    `Usage: tokentray ${words(spec)} [options]${spec.rest === undefined ? '' : ` -- <${spec.rest}> …`}`,
    ...(positionals.length === 0 ? [] : section('Arguments', positionals, room)),
    ...section(
      'Options',
      [...optionRows(spec.options, context), ...optionRows(COMMON_OPTIONS, context)],
      room,
    ),
    '',
    'Examples:',
    ...examplesHere(spec, context).map((example) => `  ${example}`),
  );
}

/** Examples without options that are not here. */
const examplesHere = ({ examples, options }: CommandSpec, here: Here): readonly string[] => {
  const missing = Object.entries<OptionSpec>(options).filter(([, { only }]) => !isHere(only, here));
  return examples.filter((example) => !missing.some(([name]) => example.includes(` --${name}`)));
};

const lines = (...all: readonly string[]): string => all.join('\n') + '\n';

const roomIn = ({ stdout }: Context): number => Math.min(lineWidth(stdout) ?? USUAL_COLUMNS, MOST_COLUMNS);

/** Names with what they are for beside them, or below where that leaves too little room. */
function section(title: string, rows: readonly (readonly string[])[], room: number): string[] {
  const beside = Math.max(...rows.map(([name = '']) => name.length)) + 4;
  const isBeside = room - beside >= LEAST_DESCRIPTION;
  return [
    '',
    `${title}:`,
    ...rows.flatMap(([name = '', text = '']) => {
      if (!isBeside) return [`  ${name}`, ...indented(text, room, 6)];
      const [first = '', ...rest] = indented(text, room, beside);
      return [`  ${name}`.padEnd(beside) + first.trimStart(), ...rest];
    }),
  ];
}

async function summaries(title: string, names: readonly string[], context: Context): Promise<string[]> {
  const specs = await Promise.all(names.map(async (name) => (await COMMANDS[name]?.())?.command.spec));
  const rows = specs
    .filter((spec) => spec !== undefined && isHere(spec.only, context))
    .map((spec) => [spec?.name ?? '', spec?.summary ?? '']);
  return rows.length === 0 ? [] : section(title, rows, roomIn(context));
}

const words = ({ name, positionals }: CommandSpec): string =>
  [name, ...positionals.map(placeholder)].join(' ');

const placeholder = ({ name, required, many }: PositionalSpec): string => {
  const text = many ? `${name} …` : name;
  return required ? `<${text}>` : `[${text}]`;
};

const optionRows = (options: Readonly<Record<string, OptionSpec>>, here: Here): string[][] =>
  Object.entries(options)
    .filter(([, { hidden, only }]) => !hidden && isHere(only, here))
    .map(([name, option]) => [
      name === 'help' ? '-h, --help' : `--${name}${option.type === 'flag' ? '' : ` ${option.value}`}`,
      sentence(option.description, option.type === 'text' ? choicesHere(option, here) : undefined),
    ]);

const choicesHere = (
  { choices, choicesOnly = {} }: TextOptionSpec,
  here: Here,
): readonly string[] | undefined => choices?.filter((choice) => isHere(choicesOnly[choice], here));

const sentence = (description: string, choices: readonly string[] | undefined): string =>
  choices ? `${description}: ${choices.join(', ')}` : description;
