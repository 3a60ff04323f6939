import { notMeasured, type Bench } from '../figure.ts';

/** Targets that cannot be measured here, each with the reason. */
export const elsewhere: Bench = {
  id: 'elsewhere',
  run: () =>
    Promise.resolve([
      notMeasured('tokentray get, small native client', '≤ 2.5×', 'this version has no native client'),
      notMeasured('gateway, 32 at once', '≥ 0.7× throughput', 'this version has no gateway'),
    ]),
};
