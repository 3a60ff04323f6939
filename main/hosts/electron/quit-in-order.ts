import process from 'node:process';
import type { App, RelaunchOptions } from 'electron';
import { EXIT_CODES } from '../../../contract/vocabulary.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/log.ts';

/** Long enough for every call that is on its way; then the app ends as it is. */
const LIMIT_MS = 60_000;

export interface QuitParts {
  app: Pick<App, 'exit' | 'relaunch'> & {
    on: (event: 'will-quit', listener: (event: { preventDefault: () => void }) => void) => unknown;
  };
  /** Ends everything, so that nothing is lost. */
  dispose: () => Promise<void>;
  /** What is to be started afterwards; null: nothing. */
  again: () => RelaunchOptions | null;
  /** Whether a keychain call hangs, which keeps the process from ending by itself. */
  hangs: () => boolean;
  clock: Clock;
  logger: Logger;
}

/** Ends everything in order before the app goes; a second Quit must not cut off what the first has begun. */
export function quitInOrder({ app, dispose, again, hangs, clock, logger }: QuitParts): void {
  const end = (code: number): void => {
    const start = again();
    if (start) app.relaunch(start);
    if (hangs()) process.kill(process.pid, 'SIGKILL');
    else app.exit(code);
  };
  let begun = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (begun) return;
    begun = true;
    const limit = clock.setTimeout(() => {
      logger.error('app.end-timed-out', {});
      end(EXIT_CODES.failed);
    }, LIMIT_MS);
    dispose().then(
      () => {
        void limit.dispose();
        end(0);
      },
      () => {
        void limit.dispose();
        end(EXIT_CODES.failed);
      },
    );
  });
}
