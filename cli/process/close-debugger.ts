/**
 * Node opens a debugger on SIGUSR1, to whoever may connect to this machine's loopback. `--disable-sigusr1` would keep it
 * shut, but older versions of Node refuse that flag, and not every way to start us takes one. A listener that comes and
 * goes leaves the system's own way: the signal ends us.
 */
export function closeDebugger(): void {
  if (process.platform === 'win32') return;
  const nothing = (): void => undefined;
  process.on('SIGUSR1', nothing).off('SIGUSR1', nothing);
}
