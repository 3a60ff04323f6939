let waiting: (() => void)[] = [];

/**
 * Calls at the end of this turn of the event loop, in order, with everything else that waits for it. For writes to other
 * processes that wait for them: a write wakes the process that it is for, and waking it for each as it comes takes this
 * one longer than all else of a small answer. `work` must not throw.
 */
export function atEndOfTurn(work: () => void): void {
  if (waiting.push(work) === 1) setImmediate(doWaiting);
}

function doWaiting(): void {
  const now = waiting;
  waiting = [];
  for (const work of now) work();
}
