export const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * One press of Ctrl+C may arrive several times: the terminal signals every process of the group, and npm and our own
 * scripts pass it on as well.
 */
const ONE_PRESS_MS = 500;

/**
 * How to respond to a signal. `endingForMs`: how long the app has been shutting down; null while it is running. The first
 * signal ends it gracefully, another one immediately. A closing terminal sends SIGHUP more than once, so a repeated SIGHUP
 * is ignored.
 */
export function endSignal(
  signal: (typeof END_SIGNALS)[number],
  endingForMs: number | null,
): 'graceful' | 'immediate' | 'ignore' {
  if (endingForMs === null) return 'graceful';
  return signal !== 'SIGHUP' && endingForMs >= ONE_PRESS_MS ? 'immediate' : 'ignore';
}
