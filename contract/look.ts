import type { Look, PathFacts } from './socket-trust.ts';

/** What `node:fs` gives; only the parts that are read. */
interface FileStats {
  readonly uid: number;
  readonly mode: number;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
  isSocket(): boolean;
}

export interface FileReads {
  readonly lstat: (file: string) => FileStats | undefined;
  readonly readlink: (file: string) => string;
}

/** `Look` over the functions of a file system. */
export const lookWith =
  ({ lstat, readlink }: FileReads): Look =>
  (file) => {
    try {
      const found = lstat(file);
      if (found === undefined) return 'absent';
      const facts = { uid: found.uid, mode: found.mode & 0o7777, kind: kindOf(found) };
      return facts.kind === 'link' ? { ...facts, target: readlink(file) } : facts;
    } catch (fault) {
      return fault instanceof Error && 'code' in fault && fault.code === 'ENOTDIR' ? 'absent' : 'hidden';
    }
  };

function kindOf(found: FileStats): PathFacts['kind'] {
  if (found.isDirectory()) return 'folder';
  if (found.isSymbolicLink()) return 'link';
  return found.isSocket() ? 'socket' : 'other';
}
