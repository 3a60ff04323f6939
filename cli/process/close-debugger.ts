/**
 * On SIGUSR1, Node opens a debugger to anyone who can connect to this machine's loopback. `--disable-sigusr1` would
 * prevent that, but older versions of Node reject the flag, and not every way to start this program can pass one. Adding
 * and removing a listener restores the system's default action: the signal ends the process.
 */
export function closeDebugger(): void {
  if (process.platform === 'win32') return;
  const nothing = (): void => undefined;
  process.on('SIGUSR1', nothing).off('SIGUSR1', nothing);
}
