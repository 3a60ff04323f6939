import process from 'node:process';

/** What the person who started us has set; null while it is in force. */
let inherited: number | null = null;

/** Whatever this process makes from here on is for its owner alone. */
export function makeFilesPrivate(): void {
  inherited ??= process.umask(0o077);
}

/**
 * Runs `start`, which starts a program before it returns, under the umask that the person has set: what a browser or another
 * program of theirs then saves is as it always is.
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
