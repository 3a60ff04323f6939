/** Lets at most a fixed number of requests to one address run at a time; the others wait in line. */
export interface Gate {
  /** Runs `request` when there is room. Undefined, without having run it, when the gate was closed meanwhile. */
  run<T>(address: string, request: () => Promise<T>): Promise<T | undefined>;
  /** Turns away whoever waits or comes later; requests under way go on. */
  close(): void;
}

interface Lane {
  running: number;
  waiting: ((admitted: boolean) => void)[];
}

export function createGate(atOnce: number): Gate {
  const lanes = new Map<string, Lane>();
  let closed = false;

  function enter(lane: Lane): Promise<boolean> | boolean {
    if (lane.running < atOnce) {
      lane.running += 1;
      return true;
    }
    return new Promise((resolve) => lane.waiting.push(resolve));
  }

  /** Hands the place to the next in line, or gives it back. */
  function leave(address: string, lane: Lane): void {
    const next = lane.waiting.shift();
    if (next) next(true);
    else if ((lane.running -= 1) === 0) lanes.delete(address);
  }

  return {
    async run(address, request) {
      if (closed) return undefined;
      const lane = lanes.get(address) ?? { running: 0, waiting: [] };
      lanes.set(address, lane);
      if (!(await enter(lane))) return undefined;
      try {
        return await request();
      } finally {
        leave(address, lane);
      }
    },
    close() {
      closed = true;
      for (const { waiting } of lanes.values()) for (const turnAway of waiting.splice(0)) turnAway(false);
    },
  };
}
