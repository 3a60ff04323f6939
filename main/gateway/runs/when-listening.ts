import type { Clock } from '../../lib/clock.ts';
import { fail, failure, ok, type Result } from '../../lib/result.ts';
import type { Door } from '../ports.ts';

const LONGEST_MS = 5000;

/** The address of a door once it listens; fails with what keeps it from listening. */
export function whenListening(door: Pick<Door, 'state' | 'onChange'>, clock: Clock): Promise<Result<string>> {
  const now = (): Result<string> | null => {
    const { url, fault } = door.state;
    if (fault !== null) return failure(fault);
    return url === null ? null : ok(url);
  };
  return new Promise((resolve) => {
    const known = now();
    if (known !== null) {
      resolve(known);
      return;
    }
    const finish = (result: Result<string>): void => {
      void changes.dispose();
      void limit.dispose();
      resolve(result);
    };
    const changes = door.onChange(() => {
      const found = now();
      if (found !== null) finish(found);
    });
    const limit = clock.setTimeout(() => {
      finish(fail('timed-out', 'The gateway does not listen.', 'See: tokentray doctor'));
    }, LONGEST_MS);
  });
}
