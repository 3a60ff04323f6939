/** The first words of all commands; texts of the core and the window name commands too. */
export const COMMAND_WORDS = [
  'backup',
  'clients',
  'completion',
  'connect',
  'doctor',
  'env',
  'export',
  'gateway',
  'get',
  'git',
  'git-credential',
  'grants',
  'hooks',
  'import',
  'key',
  'list',
  'lock',
  'log',
  'mcp',
  'network',
  'open',
  'pause',
  'presets',
  'providers',
  'reconnect',
  'refresh',
  'remote',
  'remove',
  'rename',
  'restore',
  'resume',
  'run',
  'serve',
  'status',
  'stop',
  'test',
  'undo',
  'unlock',
  'use',
] as const;

/** The second words of commands that have two. */
export const SUBCOMMANDS = [
  'add',
  'allow',
  'approve',
  'change',
  'check',
  'consents',
  'deny',
  'header',
  'held',
  'install',
  'list',
  'operations',
  'pause',
  'port',
  'remove',
  'requests',
  'require',
  'resume',
  'revoke',
  'rotate',
  'rules',
  'serve',
  'sign-in',
  'status',
  'test',
  'uninstall',
  'usage',
  'write',
] as const;

/** How commands have to be written so that they work for whoever reads them. */
export interface CommandForm {
  /** What stands for `tokentray`. */
  readonly program: string;
  /** Whether the reader talks to the sandbox. */
  readonly sandbox: boolean;
}

const COMMAND = new RegExp(
  String.raw`\btokentray (--version|--help|(?:${COMMAND_WORDS.join('|')})(?![\w-])(?: (?:${SUBCOMMANDS.join('|')})(?![\w-]))?)`,
  'g',
);

/** A text in which every `tokentray …` command works as it is printed. Pure. */
export const withCommands = (text: string, { program, sandbox }: CommandForm): string =>
  text.replace(COMMAND, (_whole, words: string, at: number) => {
    const [rest = ''] = text.slice(at + 1).split(/\btokentray /, 1);
    const option = sandbox && !words.startsWith('--') && !rest.includes('--sandbox') ? ' --sandbox' : '';
    return `${program} ${words}${option}`;
  });

/** What a person types in place of `tokentray` in a checkout: npm finds it in its folders, elsewhere it needs the path. Pure. */
export function checkoutProgram(checkout: string, cwd: string | null): string {
  const isInside = cwd !== null && (cwd === checkout || /^[/\\]/.test(afterPrefix(cwd, checkout)));
  if (isInside) return 'npm run -s tokentray --';
  const quoted = /^[\w./:\\-]+$/.test(checkout) ? checkout : `"${checkout}"`;
  return `npm --prefix ${quoted} run -s tokentray --`;
}

const afterPrefix = (text: string, prefix: string): string =>
  text.startsWith(prefix) ? text.slice(prefix.length) : '';
