export const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * One press of Ctrl+C may arrive several times: the terminal tells every process of the group, and npm and our own
 * scripts hand it on besides.
 */
const ONE_PRESS_MS = 500;

/**
 * What a signal asks for. `endingForMs`: how long the app has been ending; null while it runs. The first one ends it in
 * order, one more at once. A terminal that closes sends SIGHUP more than once: nobody is in a hurry then.
 */
export function endSignal(
  signal: (typeof END_SIGNALS)[number],
  endingForMs: number | null,
): 'in-order' | 'at-once' | 'nothing' {
  if (endingForMs === null) return 'in-order';
  return signal !== 'SIGHUP' && endingForMs >= ONE_PRESS_MS ? 'at-once' : 'nothing';
}
