import path from 'node:path';
import type { Place } from '../app/place.ts';
import type { Context } from '../context.ts';

/** What an isolated command does not see. Absolute paths, links resolved. */
export interface HiddenPlaces {
  readonly folders: readonly string[];
  /** Sockets outside of them at which some program listens now. */
  readonly sockets: readonly string[];
}

/**
 * Where an isolated command could still reach a credential without a network: the data folders with the store and the
 * app's socket, the session's sockets (the keychain's among them), and every other socket, behind which may be a program that
 * runs commands for whoever asks.
 */
export function hiddenPlaces(
  { paths, realPath, readText }: Pick<Context, 'paths' | 'realPath' | 'readText'>,
  places: readonly Pick<Place, 'home' | 'socket'>[],
): HiddenPlaces {
  const session = [paths.env['XDG_RUNTIME_DIR'] ?? '', `/run/user/${paths.uid ?? 0}`, '/tmp/.X11-unix'];
  const wanted = [...places.flatMap(({ home, socket }) => [home, path.dirname(socket)]), ...session];
  const found = new Set(
    wanted.flatMap((folder) => (path.isAbsolute(folder) ? (realPath(folder) ?? []) : [])),
  );
  // One within another is hidden with it.
  const folders = [...found].filter((folder) => ![...found].some((other) => folder.startsWith(`${other}/`)));
  return {
    folders,
    sockets: listeningSockets(readText('/proc/net/unix') ?? '').filter(
      (socket) => !folders.some((folder) => socket.startsWith(`${folder}/`)),
    ),
  };
}

/** `Num RefCount Protocol Flags Type St Inode Path` (proc_net(5)); a flag says who listens. */
const ROW = /^[0-9a-f]+: \S+ \S+ (\S+) \S+ \S+ +\d+ (\/.*)$/i;
const LISTENS = 0x10000;

/** The files of those sockets of a table at which somebody listens. Pure. */
export const listeningSockets = (table: string): string[] => [
  ...new Set(
    table.split('\n').flatMap((line) => {
      const [, flags = '0', file] = ROW.exec(line) ?? [];
      return file !== undefined && (parseInt(flags, 16) & LISTENS) !== 0 ? [file] : [];
    }),
  ),
];
