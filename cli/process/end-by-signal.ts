import { writeFileSync } from 'node:fs';

/**
 * Ends this process by a signal, so that a shell sees what happened: only then does it leave a loop after Ctrl-C; no exit
 * code has that effect. Returns only where there are no such signals (Windows).
 */
export function endBySignal(signal: NodeJS.Signals): void {
  if (process.platform === 'win32') return;
  if (process.platform === 'linux') leaveNoCore();
  if (signal !== 'SIGKILL' && signal !== 'SIGSTOP') {
    // Node ignores some signals from the start; removing the last listener restores the system's default action.
    process.on(signal, () => undefined);
    process.removeAllListeners(signal);
  }
  process.kill(process.pid, signal);
}

/** Our core dump could contain a token, and would replace that of the command. */
function leaveNoCore(): void {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
    process.chdir('/proc');
  } catch {
    // Nothing can be done without /proc.
  }
}
