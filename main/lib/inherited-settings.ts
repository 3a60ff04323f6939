import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

/** What the person who started us has set; null while it is in force. */
let umask: number | null = null;
let coreDumps: string | null = null;

/** What of the memory goes into a core dump, whatever the limit and whoever takes it: core(5). Linux only. */
const CORE_DUMPS = '/proc/self/coredump_filter';

/** Whatever this process makes from here on is for its owner alone. */
export function makeFilesPrivate(): void {
  umask ??= process.umask(0o077);
}

/** A core dump of this process has no memory in it from here on, where the system has a way to say so. */
export function leaveMemoryOutOfCoreDumps(): void {
  if (process.platform !== 'linux' || coreDumps !== null) return;
  try {
    const before = `0x${readFileSync(CORE_DUMPS, 'latin1').trim()}`;
    writeFileSync(CORE_DUMPS, '0');
    coreDumps = before;
  } catch {
    // No /proc here; the system's own limit has to do.
  }
}

/**
 * Runs `start`, which starts a program before it returns, under what the person has set: what a browser or another
 * program of theirs then saves is as it always is, and so are its core dumps.
 */
export function withInheritedSettings<T>(start: () => T): T {
  const ours = umask === null ? null : process.umask(umask);
  if (coreDumps !== null) writeFileSync(CORE_DUMPS, coreDumps);
  try {
    return start();
  } finally {
    if (coreDumps !== null) writeFileSync(CORE_DUMPS, '0');
    if (ours !== null) process.umask(ours);
  }
}
