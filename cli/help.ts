import { COMMON_OPTIONS, type CommandSpec, type OptionSpec, type PositionalSpec } from './command.ts';
import { COMMANDS, groupWords } from './commands.ts';
import { table } from './present/table.ts';

const SECTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['Use credentials', ['get', 'env', 'run']],
  [
    'Connections',
    ['connect', 'list', 'use', 'test', 'refresh', 'pause', 'resume', 'rename', 'reconnect', 'remove'],
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

/** The help for the whole program. */
export async function overview(): Promise<string> {
  const sections = await Promise.all(SECTIONS.map(([title, names]) => summaries(title, names)));
  return lines(
    'Connects accounts, keeps their tokens fresh and makes them available to local tools.',
    '',
    'Usage: tokentray [command] [options]',
    'Without a command, it opens the app.',
    ...sections.flat(),
    ...section('Options for every command', [
      ...optionRows(COMMON_OPTIONS),
      ['--version', 'Print the version'],
    ]),
    ...section('Exit codes', EXIT_CODES),
    '',
    'Help for a command: tokentray <command> --help',
  );
}

/** The help for a group of commands. */
export async function groupHelp(group: string): Promise<string> {
  return lines(
    `Usage: tokentray ${group} <command> [options]`,
    ...(groupWords(group).includes('list') ? [`Without a command, it runs "tokentray ${group} list".`] : []),
    ...(await summaries(
      'Commands',
      groupWords(group).map((word) => `${group} ${word}`),
    )),
    '',
    `Help for a command: tokentray ${group} <command> --help`,
  );
}

/** The help for one command. */
export function commandHelp(spec: CommandSpec): string {
  const positionals = spec.positionals.map(({ name, description, choices }) => [
    name,
    sentence(description, choices),
  ]);
  return lines(
    spec.summary + '.',
    ...(spec.details === undefined ? [] : [spec.details]),
    '',
    `Usage: tokentray ${words(spec)} [options]${spec.rest === undefined ? '' : ` -- <${spec.rest}> …`}`,
    ...(positionals.length === 0 ? [] : section('Arguments', positionals)),
    ...section('Options', [...optionRows(spec.options), ...optionRows(COMMON_OPTIONS)]),
    ...section(
      'Examples',
      spec.examples.map((example) => [example]),
    ),
  );
}

const lines = (...all: readonly string[]): string => all.join('\n') + '\n';

const section = (title: string, rows: readonly (readonly string[])[]): string[] => [
  '',
  `${title}:`,
  ...table(rows).map((line) => `  ${line}`),
];

async function summaries(title: string, names: readonly string[]): Promise<string[]> {
  const specs = await Promise.all(names.map(async (name) => (await COMMANDS[name]?.())?.command.spec));
  return section(
    title,
    specs.filter((spec) => spec !== undefined).map((spec) => [words(spec), spec.summary]),
  );
}

const words = ({ name, positionals }: CommandSpec): string =>
  [name, ...positionals.map(placeholder)].join(' ');

const placeholder = ({ name, required, many }: PositionalSpec): string => {
  const text = many ? `${name} …` : name;
  return required ? `<${text}>` : `[${text}]`;
};

const optionRows = (options: Readonly<Record<string, OptionSpec>>): string[][] =>
  Object.entries(options)
    .filter(([, option]) => !option.hidden)
    .map(([name, option]) => [
      name === 'help' ? '-h, --help' : `--${name}${option.type === 'flag' ? '' : ` ${option.value}`}`,
      sentence(option.description, option.type === 'text' ? option.choices : undefined),
    ]);

const sentence = (description: string, choices: readonly string[] | undefined): string =>
  choices ? `${description}: ${choices.join(', ')}` : description;
