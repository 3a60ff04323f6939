import path from 'node:path';
import type { McpClientId } from '../../../contract/mcp-files.ts';

/** What determines where programs keep their files. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home; empty when there is none. */
  readonly home: string;
  /** Whether there is a folder. */
  readonly hasFolder: (folder: string) => boolean;
}

/** One server as a client's file describes it: plain data, in the order in which it is written. */
export type Entry = Readonly<Record<string, unknown>>;

/** Where an entry leads. */
export interface Aim {
  readonly url: string;
  /** A command that prints the headers to send; null: the client signs in by itself. */
  readonly helper: string | null;
}

/** A program that keeps its MCP servers in a file. */
export interface McpClient {
  readonly id: McpClientId;
  readonly name: string;
  readonly format: 'json' | 'toml';
  /** The name in the file that holds the servers, by name. */
  readonly servers: string;
  /** The file for everything that the person does. Null: no home to put it in. */
  readonly userFile: (surroundings: Surroundings) => string | null;
  /** Its path in a project; null: it reads none. */
  readonly projectFile: readonly string[] | null;
  /** Whether it can ask a command for its headers. */
  readonly takesHelper: boolean;
  readonly entry: (aim: Aim) => Entry;
  /** Reads what `entry` wrote; null for what it would not write. */
  readonly aim: (entry: Entry) => Aim | null;
  /** What the person does next; `name` is the entry's. */
  readonly next: (name: string) => string;
}

/** Joins as the platform does, whichever this test runs on. */
export const joined = ({ platform }: Pick<Surroundings, 'platform'>, ...parts: string[]): string =>
  (platform === 'win32' ? path.win32 : path.posix).join(...parts);

/** In the person's home; null without one. */
export const inHome = (surroundings: Surroundings, ...parts: string[]): string | null =>
  surroundings.home === '' ? null : joined(surroundings, surroundings.home, ...parts);

/** The folder in which Electron apps keep their data (`app.getPath('appData')`). */
export function appData(surroundings: Surroundings): string | null {
  const { platform, env } = surroundings;
  if (platform === 'win32') return env['APPDATA'] ?? inHome(surroundings, 'AppData', 'Roaming');
  if (platform === 'darwin') return inHome(surroundings, 'Library', 'Application Support');
  const configured = env['XDG_CONFIG_HOME'];
  return configured?.startsWith('/') === true ? configured : inHome(surroundings, '.config');
}

export const text = (entry: Entry, name: string): string | null => {
  const value = Object.hasOwn(entry, name) ? entry[name] : undefined;
  return typeof value === 'string' ? value : null;
};

/** The address under `name`, for clients that only have an address. */
export const addressAim =
  (name: string) =>
  (entry: Entry): Aim | null => {
    const url = text(entry, name);
    return url === null ? null : { url, helper: null };
  };
