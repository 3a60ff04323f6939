import { closeSync, readFileSync } from 'node:fs';
import { RESUME } from '../command.ts';
import type { Begun } from '../wire/exchange.ts';

/**
 * The words of the command line, and the request that the native client has sent for it (cli/native/hand-over.c): it became
 * this process, with the connection and what has arrived as open files.
 */
export function takeBegun(argv: readonly string[]): { argv: readonly string[]; begun: Begun | null } {
  const [, connection, received] = RESUME.exec(argv[0] ?? '') ?? [];
  if (connection === undefined || received === undefined) return { argv, begun: null };
  const fd = Number(received);
  const begun = { connection: Number(connection), received: readFileSync(fd) };
  closeSync(fd);
  return { argv: argv.slice(1), begun };
}
