import type { ConnectionView } from '../../../contract/connection.ts';
import { shellWord } from '../../../contract/shell-word.ts';
import type { CommandUse } from '../../../contract/example.ts';

type Named = Pick<ConnectionView, 'id' | 'name'>;

/** A connection as a program names it in an argument. A name that would be taken for an option is no good. */
export const argumentOf = ({ id, name }: Named): string => (name.startsWith('-') ? id : name);

/**
 * A connection as a word that is the same in every shell of the system: bash, dash, zsh and fish, or PowerShell and cmd.
 * Where its name cannot be written so, its ID stands for it. Pure.
 */
export function connectionWord(connection: Named, shell: CommandUse['shell']): string {
  const name = argumentOf(connection);
  if (shell === 'posix') return name.includes('\\') ? connection.id : shellWord(name);
  if (/^[\w.:/-]+$/.test(name)) return name;
  return /^[\p{L}\p{M}\p{N} _.:/()@+,=-]+$/u.test(name) ? `"${name}"` : connection.id;
}

/** The words before a connection's: how the command is called, and what of it. */
const begun = ({ typed, sandbox }: CommandUse, words: string): string =>
  `${typed} ${words}${sandbox ? ' --sandbox' : ''}`;

/** A command line that prints one value of a connection, of an API where one is named. Pure. */
export const getLine = (
  command: CommandUse,
  connection: Named,
  { api, field }: { api: string | null; field: string },
): string =>
  [
    begun(command, 'get'),
    connectionWord(connection, command.shell),
    ...(api === null ? [] : ['--api', api]),
    '--field',
    field,
  ].join(' ');

/** What comes after the program to print a value; the value's name is missing. Pure. */
export const getArguments = ({ sandbox }: CommandUse, connection: Named, api: string | null): string[] => [
  'get',
  ...(sandbox ? ['--sandbox'] : []),
  argumentOf(connection),
  ...(api === null ? [] : ['--api', api]),
  '--field',
];

/** A command line that runs a program with a connection's variables. `preset` null: the usual one. Pure. */
export const runLine = (
  command: CommandUse,
  connection: Named,
  { preset, program }: { preset: string | null; program: string },
): string =>
  [
    begun(command, 'run'),
    connectionWord(connection, command.shell),
    ...(preset === null ? [] : ['--preset', preset]),
    '--',
    program,
  ].join(' ');

/** A command line that adds an MCP server for a connection to a client's file. Pure. */
export const mcpAddLine = (command: CommandUse, connection: Named, client: string): string =>
  `${begun(command, 'mcp add')} ${client} --server mcp-atlassian --connection ${connectionWord(connection, command.shell)}`;
