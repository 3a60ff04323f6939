import { closeSync, fstatSync, readFileSync } from 'node:fs';
import { RESUME } from '../command.ts';
import type { Begun } from '../wire/exchange.ts';

/**
 * The words of the command line, and the request that the native client has sent for it (cli/native/hand-over.c): it became
 * this process, with the connection and what has arrived as open files. Without those, the word is no word of ours.
 */
export function takeBegun(argv: readonly string[]): { argv: readonly string[]; begun: Begun | null } {
  const [, connection, received] = RESUME.exec(argv[0] ?? '') ?? [];
  if (connection === undefined || received === undefined) return { argv, begun: null };
  const isOurs = is(Number(connection), 'isSocket') && is(Number(received), 'isFIFO');
  const text = isOurs ? readPipe(Number(received)) : null;
  if (text === null) return { argv, begun: null };
  return { argv: argv.slice(1), begun: { connection: Number(connection), received: text } };
}

/** Null if it is none that can be read. */
function readPipe(fd: number): Buffer | null {
  try {
    return readFileSync(fd);
  } catch {
    return null;
  } finally {
    closeSync(fd);
  }
}

function is(fd: number, kind: 'isSocket' | 'isFIFO'): boolean {
  try {
    return fstatSync(fd)[kind]();
  } catch {
    return false;
  }
}
