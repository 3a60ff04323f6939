/** Whole milliseconds in [least, most], by a seed that is printed: TOKENTRAY_SEED repeats a run. */
export function randomDelays(count: number, least: number, most: number): number[] {
  let state = Number(process.env['TOKENTRAY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${state}`);
  return Array.from({ length: count }, () => {
    // Park and Miller's generator: enough for choosing moments.
    state = (state * 48_271) % 2_147_483_647;
    return least + (state % (most - least + 1));
  });
}
