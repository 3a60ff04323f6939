import type { ConnectionId } from '../../contract/ids.ts';

export interface HelperCommandOptions {
  /** The command line: a program and its first arguments, with absolute paths. Null: it has no fixed place. */
  readonly command: readonly string[] | null;
  /** The data folder, if the command line would not find it by itself. */
  readonly home: string | null;
  readonly sandbox: boolean;
  readonly platform: NodeJS.Platform;
}

/**
 * The value of `credential.helper` (gitcredentials(7)): after `!` a command for a shell, on Windows too, to which git
 * adds the operation. Null: there is no command that would be found later. Pure.
 */
export function helperValue(
  connection: ConnectionId | null,
  { command, home, sandbox, platform }: HelperCommandOptions,
): string | null {
  if (command === null) return null;
  const quoted = (text: string): string =>
    quotedForShell(platform === 'win32' ? text.replaceAll('\\', '/') : text);
  return [
    `!${home === null ? '' : `TOKENTRAY_HOME=${quoted(home)} `}${command.map(quoted).join(' ')}`,
    'git-credential',
    ...(sandbox ? ['--sandbox'] : []),
    ...(connection === null ? [] : ['--connection', connection]),
  ].join(' ');
}

/** Whether a value is one of these, whatever else it says. Pure. */
export const isHelperValue = (value: string): boolean =>
  /^!.*tokentray.* git-credential( --sandbox)?( --connection [0-9a-f-]+)?$/i.test(value);

const quotedForShell = (word: string): string =>
  /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
