import { lstatSync, readlinkSync, type BigIntStats } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';

/** As many as Linux follows. */
const MAX_LINKS = 40;

/** A folder or link on the way of a path, or what the path ends at. */
export interface PathStep {
  path: string;
  stat: BigIntStats;
}

export interface PathWalk {
  /** The path without links; what does not exist yet is at its end as it was given. */
  path: string;
  /** From the root on, each link among them before what it leads to. */
  steps: PathStep[];
  /** The first part that does not exist; null when all of them do. */
  missing: string | null;
  /** Whether the last part was a link. */
  linked: boolean;
}

interface Found {
  stat: BigIntStats;
  /** Where a link leads. */
  target: string | null;
}

/** Asks for each part in turn, so that the same walk serves callers that wait and callers that must not. */
function* walk(file: string): Generator<string, PathWalk | null, Found | null> {
  const steps: PathStep[] = [];
  let { root: current } = path.parse(file);
  let rest = partsOf(file);
  let next: string | null = current;
  let links = 0;
  let linked = false;
  while (next !== null) {
    const found: Found | null = yield next;
    if (found === null) return { path: path.join(next, ...rest), steps, missing: next, linked };
    steps.push({ path: next, stat: found.stat });
    if (found.target === null) current = next;
    else {
      links += 1;
      if (links > MAX_LINKS) return null;
      linked ||= rest.length === 0;
      if (path.isAbsolute(found.target)) current = path.parse(found.target).root;
      rest = [...partsOf(found.target), ...rest];
    }
    // The folder is a real one here, so its parent is the one that its name says.
    for (; rest[0] === '..'; rest = rest.slice(1)) current = path.dirname(current);
    const [part, ...others]: string[] = rest;
    next = part === undefined ? null : path.join(current, part);
    rest = others;
  }
  return { path: current, steps, missing: null, linked };
}

const partsOf = (file: string): string[] =>
  file
    .slice(path.parse(file).root.length)
    .split(path.sep)
    .filter((part) => part !== '' && part !== '.');

/**
 * Follows an absolute path part by part. Null when its links lead in a circle; throws what the system says of a
 * part that cannot be looked at.
 */
export async function walkPath(file: string): Promise<PathWalk | null> {
  const asks = walk(file);
  let asked = asks.next();
  while (asked.done !== true) asked = asks.next(await look(asked.value));
  return asked.value;
}

/** The same at once. */
export function walkPathSync(file: string): PathWalk | null {
  const asks = walk(file);
  let asked = asks.next();
  while (asked.done !== true) asked = asks.next(lookSync(asked.value));
  return asked.value;
}

async function look(file: string): Promise<Found | null> {
  try {
    const stat = await lstat(file, { bigint: true });
    return { stat, target: stat.isSymbolicLink() ? await readlink(file) : null };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function lookSync(file: string): Found | null {
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : { stat, target: stat.isSymbolicLink() ? readlinkSync(file) : null };
}
