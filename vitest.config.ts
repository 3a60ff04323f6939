import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A leaked secret or handle must fail, not hang.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Longer than a busy machine takes; the usual second is not.
    expect: { poll: { timeout: 15_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{contract,main,cli,renderer,build}/**/*.test.{ts,tsx}'],
          // The runner would leave one of two cores idle.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          // Modules are loaded once for all files of a worker: that is two thirds of the time. No test may rely on a fresh one.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          // Once more on a machine that is busy with other things; the run says which.
          retry: 1,
          pool: 'forks',
          // Most of them wait for processes, two thirds of their time.
          maxWorkers: availableParallelism() + 1,
        },
      },
    ],
  },
});
