/** The value below which `share` (0 to 1) of the values lie: nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new Error('no values');
  return value;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** How long `work` takes, ms. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Takes each measurement once a round, one after the other, so that whatever else the machine does meets all of them;
 * each round begins with another one, as what went before leaves traces.
 * The first `warmUps` rounds do not count. Gives the values of each, in order.
 */
export async function interleaved(
  rounds: number,
  measurements: readonly (() => number | Promise<number>)[],
  warmUps = 2,
): Promise<number[][]> {
  const values = measurements.map((): number[] => []);
  for (let round = -warmUps; round < rounds; round += 1) {
    for (let step = 0; step < measurements.length; step += 1) {
      const index = (round + warmUps + step) % measurements.length;
      const value = await measurements[index]?.();
      if (value !== undefined && round >= 0) values[index]?.push(value);
    }
  }
  return values;
}

/** `interleaved`, with a median each. */
export async function interleavedMedians<const M extends readonly (() => number | Promise<number>)[]>(
  rounds: number,
  measurements: M,
): Promise<{ [K in keyof M]: number }> {
  const values = await interleaved(rounds, measurements);
  return values.map(median) as { [K in keyof M]: number };
}
