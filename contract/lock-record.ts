/** Gives the text of a file; null when it cannot be read. */
type ReadText = (file: string) => string | null;

/** What the holder of a data folder's writer lock writes beside it: who it is. */
export const lockRecordFile = (home: string, platform: string): string =>
  `${home}${platform === 'win32' ? '\\' : '/'}lock.json`;

/**
 * When a process started, in a form that only equals itself; null when there is no such process, or no way to tell.
 * Process numbers are given out again, and after a restart of the machine the times are, too. Linux only (proc(5)).
 */
export function processStart(pid: number, readText: ReadText): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  const boot = readText('/proc/sys/kernel/random/boot_id');
  if (stat === null || boot === null) return null;
  // The second field is the program's name in parentheses, with whatever it likes in it; the 22nd is the time.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ticks === undefined ? null : `${boot.trim()}:${ticks}`;
}

export const lockRecord = (pid: number, readText: ReadText): string =>
  JSON.stringify({ pid, started: processStart(pid, readText) });

/** The process that has the data folder, by its record; null when it has ended or nobody can tell. */
export function lockHolder(home: string, platform: string, readText: ReadText): number | null {
  const { pid, started } = parse(readText(lockRecordFile(home, platform)));
  if (typeof pid !== 'number' || typeof started !== 'string') return null;
  return Number.isSafeInteger(pid) && processStart(pid, readText) === started ? pid : null;
}

function parse(text: string | null): { pid?: unknown; started?: unknown } {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as object;
  } catch {
    return {};
  }
}
