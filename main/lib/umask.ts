import process from 'node:process';

/** The umask that we were started with; null while it is still in effect. */
let inherited: number | null = null;

/** From now on, files that this process creates are accessible only to their owner. */
export function makeFilesPrivate(): void {
  inherited ??= process.umask(0o077);
}

/**
 * Runs `start`, which starts a program before it returns, under the umask that the user has set, so that a browser or another
 * program of theirs saves files with its usual permissions.
 */
export function withInheritedUmask<T>(start: () => T): T {
  if (inherited === null) return start();
  const ours = process.umask(inherited);
  try {
    return start();
  } finally {
    process.umask(ours);
  }
}
