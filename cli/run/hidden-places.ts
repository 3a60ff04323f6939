import path from 'node:path';
import type { Place } from '../app/place.ts';
import type { Context } from '../context.ts';

/** What an isolated command does not see. Absolute paths. */
export interface HiddenPlaces {
  /** Links resolved. */
  readonly folders: readonly string[];
  /** Links resolved. They need not be there yet. */
  readonly files: readonly string[];
  /** At which some program listens now, elsewhere than in those that are private. */
  readonly sockets: readonly string[];
  /** Shared folders in whose place it has its own, with what it needs of theirs. `/tmp` is the last one. */
  readonly own: readonly OwnFolder[];
}

export interface OwnFolder {
  readonly folder: string;
  readonly keeps: readonly string[];
  /** Folders in it that variables lead to; empty. */
  readonly makes: readonly string[];
}

export interface Seen {
  readonly places: readonly Pick<Place, 'home' | 'socket'>[];
  /** Files with credentials or keys of ours. */
  readonly files: readonly string[];
  /** The command's arguments, its program first. */
  readonly words: readonly string[];
}

/** Where programs put sockets and what they share with others of the session. */
const SHARED = ['/run', '/dev/shm', '/tmp'];
/** Below `/run`, what holds programs and people's files; all else there is of running services. */
const NEEDED = [
  '/run/booted-system',
  '/run/current-system',
  '/run/host',
  '/run/media',
  '/run/opengl-driver',
  '/run/wrappers',
];

/**
 * Where an isolated command could still reach a credential without a network: the data folders with the store and the
 * app's socket, files that were given one, and sockets, behind which may be a program that runs commands for whoever asks:
 * those of now anywhere, later ones where programs make them.
 */
export function hiddenPlaces(
  context: Pick<Context, 'paths' | 'cwd' | 'exists' | 'realPath' | 'readText'>,
  { places, files, words }: Seen,
): HiddenPlaces {
  const { paths, realPath, readText } = context;
  const { env } = paths;
  const wanted = [
    ...places.flatMap(({ home, socket }) => [home, path.dirname(socket)]),
    ...[env['XDG_RUNTIME_DIR'] ?? '', '/run/user'],
  ];
  const folders = outermost(
    wanted.flatMap((folder) => (path.isAbsolute(folder) ? (realPath(folder) ?? []) : [])),
  );
  const targets = [...new Set(files.map((file) => realPath(file) ?? file))];
  const isHidden = (place: string): boolean =>
    targets.includes(place) || folders.some((folder) => isWithin(place, folder));
  const needed = [...NEEDED, ...neededBy(context, words)].filter(
    (place) => !isHidden(realPath(place) ?? place),
  );
  const own = SHARED.flatMap((name) => realPath(name) ?? []).map((folder) => {
    const isIn = (place: string): boolean => place !== folder && isWithin(place, folder);
    const given = [env['XDG_RUNTIME_DIR'], env['TMPDIR']].map((each) => path.normalize(each ?? ''));
    const keeps = outermost(needed.filter((place) => isIn(place) && realPath(place) !== null));
    return { folder, keeps, makes: [...new Set(given.filter(isIn))] };
  });
  const seen = (place: string): boolean => {
    const covered = own.find(({ folder }) => isWithin(place, folder));
    return covered === undefined || covered.keeps.some((kept) => isWithin(place, kept));
  };
  return {
    folders,
    files: targets,
    sockets: listeningSockets(readText('/proc/net/unix') ?? '').filter(
      (socket) => seen(realPath(socket) ?? socket) && !isHidden(socket),
    ),
    own,
  };
}

/** What of the folders that are shared a command works with: its project, its home, its programs, and what its arguments name. */
function neededBy(
  { paths, cwd, exists }: Parameters<typeof hiddenPlaces>[0],
  words: readonly string[],
): string[] {
  const { env, homedir } = paths;
  const programs = (env['PATH'] ?? '')
    .split(path.delimiter)
    .map((each) => path.normalize(each).replace(/(?<=.)\/$/, ''));
  return [
    ...(cwd === null ? [] : [projectOf(cwd, exists)]),
    homedir,
    ...programs.map((each) => (path.basename(each) === 'bin' ? path.dirname(each) : each)),
    ...programs,
    ...words.map((each) => path.normalize(each)),
  ].filter((each) => path.isAbsolute(each));
}

/** The repository that a folder is in; else the folder. */
function projectOf(folder: string, exists: Context['exists']): string {
  for (let each = folder; each !== path.dirname(each); each = path.dirname(each))
    if (exists(path.join(each, '.git'))) return each;
  return folder;
}

export const isWithin = (place: string, folder: string): boolean =>
  place === folder || place.startsWith(`${folder}/`);

/** Without those that are within another. */
const outermost = (all: readonly string[]): string[] =>
  [...new Set(all)].filter((place) => !all.some((other) => other !== place && isWithin(place, other)));

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
