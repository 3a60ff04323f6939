/** Lets at most a fixed number of requests to one address run at a time; the others wait in line. */
export interface KeyedSemaphore {
  /** Runs `request` when there is room. Undefined, without having run it, when the semaphore was closed meanwhile. */
  run<T>(address: string, request: () => Promise<T>): Promise<T | undefined>;
  /** Turns away whoever waits or comes later; requests under way go on. */
  close(): void;
}

interface Slots {
  running: number;
  waiting: ((admitted: boolean) => void)[];
}

export function createSemaphore(atOnce: number): KeyedSemaphore {
  const slotsByAddress = new Map<string, Slots>();
  let closed = false;

  function enter(slots: Slots): Promise<boolean> | boolean {
    if (slots.running < atOnce) {
      slots.running += 1;
      return true;
    }
    return new Promise((resolve) => slots.waiting.push(resolve));
  }

  /** Hands the place to the next in line, or gives it back. */
  function leave(address: string, slots: Slots): void {
    const next = slots.waiting.shift();
    if (next) next(true);
    else if ((slots.running -= 1) === 0) slotsByAddress.delete(address);
  }

  return {
    async run(address, request) {
      if (closed) return undefined;
      const slots = slotsByAddress.get(address) ?? { running: 0, waiting: [] };
      slotsByAddress.set(address, slots);
      if (!(await enter(slots))) return undefined;
      try {
        return await request();
      } finally {
        leave(address, slots);
      }
    },
    close() {
      closed = true;
      for (const { waiting } of slotsByAddress.values())
        for (const turnAway of waiting.splice(0)) turnAway(false);
    },
  };
}
