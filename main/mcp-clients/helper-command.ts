import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

export interface HelperOptions {
  /** The command line of a checkout; null: `tokentray` is on the PATH. */
  readonly checkout: { readonly node: string; readonly file: string } | null;
  readonly sandbox: boolean;
  readonly platform: NodeJS.Platform;
}

/** The command that prints the headers for a connection's entry, for a shell. */
export function helperCommand(connection: string, { checkout, sandbox, platform }: HelperOptions): string {
  const program = checkout === null ? ['tokentray'] : [checkout.node, checkout.file];
  const words = [...program, 'mcp', 'header', ...(sandbox ? ['--sandbox'] : []), connection];
  return words.map((word) => quoted(word, platform)).join(' ');
}

function quoted(word: string, platform: NodeJS.Platform): string {
  if (/^[\w./:@%+=,-]+$/.test(word)) return word;
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Where this checkout's command line is; null in a package. `folder` is that of the core's bundle. */
export function checkoutOf(folder: string): HelperOptions['checkout'] {
  const file = path.join(folder, '..', 'cli', 'tokentray.cjs');
  if (folder.includes('app.asar') || !existsSync(file)) return null;
  return { node: 'electron' in process.versions ? 'node' : process.execPath, file };
}
