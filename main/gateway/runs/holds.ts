import type { ConsumerId } from '../../../contract/ids.ts';
import type { Consumers } from '../../consumers/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { disposable, type Disposable } from '../../lib/disposable.ts';

/** As long as a command line may take to say that it is there. */
const UNHELD_MS = 60_000;

/** Ends runs whose command line is gone, however it went. */
export interface RunHolds extends Disposable {
  /** From now on somebody has to hold it. */
  began(run: ConsumerId): void;
  /** The run ends when the result is disposed of. Null: there is no such run. */
  hold(run: string): Disposable | null;
}

export function createRunHolds({
  consumers,
  clock,
}: {
  consumers: Pick<Consumers, 'get' | 'remove' | 'onRemoved'>;
  clock: Clock;
}): RunHolds {
  const waiting = new Map<ConsumerId, Disposable>();
  const forget = (run: ConsumerId): void => {
    void waiting.get(run)?.dispose();
    waiting.delete(run);
  };
  const removed = consumers.onRemoved(forget);
  const end = (run: ConsumerId): void => {
    forget(run);
    if (consumers.get(run)?.kind === 'run') consumers.remove(run);
  };
  return {
    began: (run) => {
      waiting.set(
        run,
        clock.setTimeout(() => {
          end(run);
        }, UNHELD_MS),
      );
    },
    hold: (run) => {
      const id = run as ConsumerId;
      if (consumers.get(id)?.kind !== 'run') return null;
      forget(id);
      return disposable(() => {
        end(id);
      });
    },
    dispose: async () => {
      await removed.dispose();
      for (const run of [...waiting.keys()]) forget(run);
    },
  };
}
