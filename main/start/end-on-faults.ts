import process from 'node:process';
import { redact } from '../lib/redact.ts';

/**
 * Makes a bug end Electron, as it ends Node: the state of the app is unknown afterwards, and everything acknowledged is
 * on disk. Electron would show a dialog for an exception and continue, and only warn of an unhandled rejection.
 */
export function endOnFaults(parts: { print: (line: string) => void; exitNow: () => void }): void {
  const { print, exitNow } = parts;
  process.on('unhandledRejection', (reason) => {
    // Rethrown, so that it is logged like an exception.
    throw reason instanceof Error ? reason : new Error('something other than an error was thrown');
  });
  process.on('uncaughtException', (fault) => {
    print(
      redact(`tokentray: Tokentray ended because of an internal error.\n${fault.stack ?? fault.message}`),
    );
    exitNow();
  });
}
