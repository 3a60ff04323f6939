/** Returns the text of a file; null if it cannot be read. */
type ReadText = (file: string) => string | null;

/** The file in which the holder of a data folder's writer lock identifies itself. */
export const lockRecordFile = (home: string, platform: string): string =>
  `${home}${platform === 'win32' ? '\\' : '/'}lock.json`;

/**
 * When a process started, as an opaque text to compare; null if there is no such process, or no way to tell. Process IDs
 * are reused, and start times repeat after the machine restarts. Linux only (proc(5)).
 */
export function processStart(pid: number, readText: ReadText): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  const boot = readText('/proc/sys/kernel/random/boot_id');
  if (stat === null || boot === null) return null;
  // The second field is the program's name in parentheses and may contain anything; the 22nd is the start time.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ticks === undefined ? null : `${boot.trim()}:${ticks}`;
}

export const lockRecord = (pid: number, readText: ReadText): string =>
  JSON.stringify({ pid, started: processStart(pid, readText) });

/** ID of the process that holds the data folder, from its record; null if it has ended or cannot be identified. */
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
