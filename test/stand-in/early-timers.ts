declare global {
  /** Where `keepTimers` has run. */
  var endTimers: (lengthMs: number) => void;
}

/**
 * From now on timers can be ended early: `endTimers` runs all that were set for just that long and are still waiting.
 * Stands alone, so that it can be sent to another process or to a page.
 */
export function keepTimers(): void {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const waiting = new Map<unknown, { run: () => void; lengthMs: number }>();
  const keepingSet = (call: (...args: unknown[]) => void, lengthMs = 0, ...args: unknown[]): unknown => {
    const run = (): void => {
      waiting.delete(id);
      call(...args);
    };
    const id: unknown = set(run, lengthMs);
    waiting.set(id, { run, lengthMs });
    return id;
  };
  const keepingClear = (id: unknown): void => {
    waiting.delete(id);
    clear(id as number);
  };
  Object.assign(globalThis, {
    setTimeout: Object.assign(keepingSet, set),
    clearTimeout: keepingClear,
    endTimers: (lengthMs: number) => {
      for (const [id, timer] of [...waiting]) {
        if (timer.lengthMs !== lengthMs) continue;
        clear(id as number);
        timer.run();
      }
    },
  });
}

/** Runs where `keepTimers` has. */
export const endTimers = (lengthMs: number): void => {
  globalThis.endTimers(lengthMs);
};
