import { writeFileSync } from 'node:fs';

/**
 * Ends this process by a signal, so that a shell sees what happened: after a Ctrl-C it then leaves its loop, which no
 * exit code makes it do. Comes back only where there are no such signals (Windows).
 */
export function endBySignal(signal: NodeJS.Signals): void {
  if (process.platform === 'win32') return;
  if (process.platform === 'linux') leaveNoCore();
  if (signal !== 'SIGKILL' && signal !== 'SIGSTOP') {
    // Node ignores some signals from the start; its last listener leaves the system's own way behind.
    process.on(signal, () => undefined);
    process.removeAllListeners(signal);
  }
  process.kill(process.pid, signal);
}

/** A core of ours could hold a token, and would take the place of the command's. */
function leaveNoCore(): void {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
    process.chdir('/proc');
  } catch {
    // Without /proc there is nothing to be done about it.
  }
}
