import { notMeasured, type Bench } from '../figure.ts';

/** Targets that cannot be measured here, each with the reason. */
export const elsewhere: Bench = {
  id: 'elsewhere',
  run: () =>
    Promise.resolve([notMeasured('gateway, 32 at once', '≥ 0.7× throughput', 'this version has no gateway')]),
};
