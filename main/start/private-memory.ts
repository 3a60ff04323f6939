import process from 'node:process';
import { leaveMemoryOutOfCoreDumps } from '../lib/inherited-settings.ts';

/**
 * Protects the memory of the process that holds the tokens, as far as a program can: no debugger, and no copy of it on
 * disk after a crash. Called first of all, however the app is started.
 */
export function keepMemoryPrivate(): void {
  // Node would open a debugger. Where we start it, `--disable-sigusr1` covers the moments before this line, too.
  process.on('SIGUSR1', () => undefined);
  const { NODE_OPTIONS, VSCODE_INSPECTOR_OPTIONS } = process.env;
  const asked = [...process.execArgv, NODE_OPTIONS, VSCODE_INSPECTOR_OPTIONS && 'inspect'];
  // Loaded only then: it takes longer than the rest of this.
  if (asked.some((option) => option?.includes('inspect'))) process.getBuiltinModule('node:inspector').close();
  leaveMemoryOutOfCoreDumps();
}
