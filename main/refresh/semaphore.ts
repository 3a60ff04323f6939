/** A semaphore per address: at most a fixed number of requests to one address run at a time; the others wait in order. */
export interface KeyedSemaphore {
  /** Runs `request` when a slot is free. Undefined, without running it, when the semaphore was closed in the meantime. */
  run<T>(address: string, request: () => Promise<T>): Promise<T | undefined>;
  /** Rejects waiting and later requests; running requests continue. */
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

  /** Gives the slot to the next request, or frees it. */
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
      for (const { waiting } of slotsByAddress.values()) for (const admit of waiting.splice(0)) admit(false);
    },
  };
}
