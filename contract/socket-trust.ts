import { shellWord } from './shell-word.ts';
import type { Failure } from './errors.ts';

/** What is at a path, without following links. `mode`: its permission bits, including the sticky bit. */
export interface PathFacts {
  readonly uid: number;
  readonly mode: number;
  readonly kind: 'folder' | 'link' | 'socket' | 'other';
  /** Where a link leads, as it says itself. */
  readonly target?: string;
}

/** Looks at a path. `absent`: nothing is there; `hidden`: this user may not look. */
export type Look = (path: string) => PathFacts | 'absent' | 'hidden';

export interface SocketPlace {
  /** Absolute paths. */
  readonly home: string;
  readonly socket: string;
  /** The same folder as the socket's without links in its path; null while it is not there. */
  readonly realFolder: string | null;
  /** Null on Windows, where the named pipe has a secret instead. */
  readonly uid: number | null;
}

const OTHERS_WRITE = 0o002;
const GROUP_OR_OTHERS_WRITE = 0o022;
const STICKY = 0o1000;
/** More steps than this mean that the links form a loop. */
const MAX_STEPS = 500;

/**
 * Why nothing may be sent to a local socket, or null if it can be trusted. Anyone who can write to a folder above it could
 * have created it, so each of them must belong to this user or to the system; the data folder and its contents, to this
 * user alone. Checked by both clients of the socket, and by the core before it listens. Pure apart from `look`.
 */
export function distrustSocket({ home, socket, realFolder, uid }: SocketPlace, look: Look): Failure | null {
  if (uid === null) return null;
  const folder = socket.slice(0, socket.lastIndexOf('/')) || '/';
  const root = look('/');
  // In a user namespace root shows as nobody.
  const system = [0, typeof root === 'object' ? root.uid : 0];
  // The target of a link is held to the same rule as the link.
  const inside = folder.startsWith(`${home}/`) ? folder.slice(home.length) : null;
  const realHome =
    inside !== null && realFolder?.endsWith(inside) ? realFolder.slice(0, -inside.length) : null;
  const ours = (path: string): boolean =>
    [home, folder, realHome, realFolder].includes(path) || path.startsWith(`${home}/`);
  const own = [folder, ...(realFolder === null || realFolder === folder ? [] : [realFolder])];
  // Grows while it is walked: whoever owns a folder on the way of a link decides where the link leads.
  const steps = new Set(own.flatMap(stepsOf));
  for (const path of steps) {
    if (steps.size > MAX_STEPS) return unusable(home, 'is reached through symbolic links that form a loop.');
    const found = look(path);
    if (found === 'absent') continue;
    if (found === 'hidden') return hidden(path, home, look, uid);
    const isOurs = ours(path);
    if (found.uid !== uid && (isOurs || !system.includes(found.uid)))
      return foreign(path, home, found.uid, uid, isOurs);
    if (path === folder && found.kind !== 'folder') return unusable(path, 'is not a folder.');
    if (found.kind === 'link') {
      for (const step of stepsOf(followed(path, found.target ?? ''))) steps.add(step);
      continue;
    }
    const open = isOurs
      ? (found.mode & GROUP_OR_OTHERS_WRITE) !== 0
      : (found.mode & OTHERS_WRITE) !== 0 && (found.mode & STICKY) === 0;
    if (open) return writable(path, isOurs);
  }
  const found = look(socket);
  if (found === 'absent') return null;
  if (found === 'hidden') return hidden(socket, home, look, uid);
  if (found.uid !== uid) return foreign(socket, home, found.uid, uid, true);
  return found.kind === 'socket' ? null : unusable(socket, 'is not a socket.');
}

/** Where a link leads. `..` stays as it is: after another link, only the system can tell what it means. */
const followed = (link: string, target: string): string =>
  target.startsWith('/') ? target : `${link.slice(0, link.lastIndexOf('/'))}/${target}`;

/** The path's folders from the root down, and itself. */
function stepsOf(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  return ['/', ...names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`)];
}

const OWN_FOLDER = 'set TOKENTRAY_HOME to a folder of your own.';

function foreign(path: string, home: string, owner: number, uid: number, isOurs: boolean): Failure {
  const part =
    path === home
      ? `The data folder ${path}`
      : isOurs
        ? path
        : `${path}, which contains the data folder ${home},`;
  const belongs = `${part} belongs to ${owner === 0 ? 'root' : `another user (user ID ${owner})`}.`;
  if (owner === 0 && isOurs)
    return {
      code: 'not-reachable',
      message: belongs,
      hint: `Tokentray was probably run with sudo once. Take it back: sudo chown -R ${uid} ${shellWord(path)}`,
    };
  return {
    code: 'refused',
    message: belongs,
    hint: uid === 0 ? `Run Tokentray as that user, without sudo, or ${OWN_FOLDER}` : sentence(OWN_FOLDER),
  };
}

function hidden(path: string, home: string, look: Look, uid: number): Failure {
  const parent = path.slice(0, path.lastIndexOf('/')) || '/';
  const found = look(parent);
  if (typeof found === 'object' && found.uid !== uid)
    return foreign(parent, home, found.uid, uid, found.uid === 0);
  return {
    code: 'not-reachable',
    message: `This user is not allowed to look into ${parent}.`,
    hint: `Allow it: chmod u+rwx ${shellWord(parent)}`,
  };
}

const unusable = (path: string, what: string): Failure => ({
  code: 'refused',
  message: `${path} ${what}`,
  hint: `Remove it, or ${OWN_FOLDER}`,
});

const writable = (path: string, isOurs: boolean): Failure => ({
  code: 'refused',
  message: `Other users can write to ${path}, so its contents cannot be trusted.`,
  hint: isOurs
    ? `Restrict it: chmod 700 ${shellWord(path)}`
    : `Restrict it: chmod o-w ${shellWord(path)}. Or ${OWN_FOLDER}`,
});

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Why nothing may be sent to a socket that was carried here from another machine, or null. It and its folder may belong to anyone
 * (a container's users have other numbers), but nobody else may have put it where everybody can write.
 */
export function distrustCarriedSocket(
  { socket, uid }: Pick<SocketPlace, 'socket' | 'uid'>,
  look: Look,
): Failure | null {
  if (uid === null) return null;
  let place = socket;
  // What links lead to is held to the same rule: nothing may be there yet, and then anybody could be the first.
  for (let links = 0; links <= MOST_LINKS; links += 1) {
    const end = walkCarried(place, uid, look);
    if (end === null || 'code' in end) return end;
    place = end.leadsTo;
  }
  return notCarried(socket, 'is reached through symbolic links that form a loop.');
}

function walkCarried(socket: string, uid: number, look: Look): Failure | { leadsTo: string } | null {
  let writableByAll = false;
  for (const path of stepsOf(socket)) {
    const found = look(path);
    if (found === 'absent') return null;
    if (found === 'hidden') return hidden(path, '', look, uid);
    if (writableByAll && found.uid !== uid && found.uid !== 0)
      return {
        code: 'refused',
        message: `${path} belongs to another user (user ID ${found.uid}), in a folder in which everybody can write.`,
        hint: 'Have the socket carried to a folder of your own, and set TOKENTRAY_SOCKET to it.',
      };
    if (found.kind === 'link')
      return { leadsTo: followed(path, found.target ?? '') + socket.slice(path.length) };
    writableByAll = path !== socket && found.kind === 'folder' && (found.mode & OTHERS_WRITE) !== 0;
    if (writableByAll && (found.mode & STICKY) === 0) return writable(path, false);
  }
  const found = look(socket);
  return typeof found !== 'object' || found.kind === 'socket' ? null : notCarried(socket, 'is not a socket.');
}

const notCarried = (socket: string, what: string): Failure => ({
  code: 'refused',
  message: `${socket} ${what}`,
  hint: 'TOKENTRAY_SOCKET has to name the socket that was carried here.',
});
