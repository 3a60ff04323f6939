import type { App, RelaunchOptions } from 'electron';
import { EXIT_CODES } from '../../../contract/vocabulary.ts';
import type { Clock } from '../../lib/clock.ts';
import { withInheritedSettings } from '../../lib/inherited-settings.ts';

/** Long enough for every call that is on its way; then the app ends as it is. */
const LIMIT_MS = 60_000;

export interface QuitParts {
  app: Pick<App, 'relaunch'> & {
    on: (event: 'will-quit', listener: (event: { preventDefault: () => void }) => void) => unknown;
  };
  /** Ends everything, so that nothing is lost. */
  dispose: () => Promise<void>;
  /** What is to be started afterwards; null: nothing. */
  again: () => RelaunchOptions | null;
  /** Called before the app ends although not everything has. */
  timedOut: () => void;
  /** Ends the process, whatever is still there. */
  exit: (code: number) => void;
  clock: Clock;
}

/** Ends everything in order before the app goes; a second Quit must not cut off what the first has begun. */
export function quitInOrder({ app, dispose, again, timedOut, exit, clock }: QuitParts): void {
  const end = (code: number): void => {
    const start = again();
    if (start) {
      withInheritedSettings(() => {
        app.relaunch(start);
      });
    }
    exit(code);
  };
  let begun = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (begun) return;
    begun = true;
    const limit = clock.setTimeout(() => {
      timedOut();
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
