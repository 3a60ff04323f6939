import type { DoctorFinding } from '../../contract/status.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposable } from '../lib/disposable.ts';

/** What hangs must not keep a person from the other findings. */
const LIMIT_MS = 12_000;

/** What a check finds, or that `what` could not be found out in time, and what to do then. */
export async function inTime(
  clock: Clock,
  check: string,
  { what, hint }: { what: string; hint: string },
  findings: Promise<DoctorFinding[]>,
): Promise<DoctorFinding[]> {
  let timer: Disposable | null = null;
  const limit = new Promise<DoctorFinding[]>((resolve) => {
    timer = clock.setTimeout(() => {
      resolve([
        {
          check,
          ok: false,
          message: `${what} could not be checked within ${LIMIT_MS / 1000} s.`,
          hint,
        },
      ]);
    }, LIMIT_MS);
  });
  try {
    return await Promise.race([findings, limit]);
  } finally {
    void (timer as Disposable | null)?.dispose();
  }
}
