import type { App, RelaunchOptions } from 'electron';
import { EXIT_CODES } from '../../../contract/vocabulary.ts';
import type { Clock } from '../../lib/clock.ts';
import { withInheritedSettings } from '../../lib/inherited-settings.ts';

/** Long enough for every call in progress; after that the app exits regardless. */
const LIMIT_MS = 60_000;

export interface QuitParts {
  app: Pick<App, 'relaunch'> & {
    on: (event: 'will-quit', listener: (event: { preventDefault: () => void }) => void) => unknown;
  };
  /** Ends everything in order, so that nothing is lost. */
  dispose: () => Promise<void>;
  /** What to start afterwards; null: nothing. */
  again: () => RelaunchOptions | null;
  /** Called if the app exits before everything has ended. */
  timedOut: () => void;
  /** Ends the process immediately. */
  exit: (code: number) => void;
  clock: Clock;
}

/** Ends everything in order before the app exits; a second Quit must not interrupt the first. */
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
  let started = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (started) return;
    started = true;
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
