import { test as base } from '@playwright/test';
import { expect } from './fixtures.ts';
import { pastFirstRun } from './past-first-run.ts';
import { startStandInDriver, type StandInDriver, type StandInStart } from './stand-in-driver.ts';

/** For what only the stand-in can do to a desktop or a page: each test starts the program as it needs it. */
export const test = base.extend<{
  start: (options?: Partial<StandInStart>) => Promise<StandInDriver>;
}>({
  start: async ({ browser, context }, use) => {
    const started: StandInDriver[] = [];
    await use(async (options = {}) => {
      const driver = await startStandInDriver({
        browser,
        person: () => Promise.resolve(context),
        ...options,
      });
      started.push(driver);
      await pastFirstRun(driver.app);
      return driver;
    });
    for (const driver of started) await driver.stop();
    for (const { faults, standIn } of started) {
      expect(faults).toEqual([]);
      expect(standIn.pages?.outside ?? []).toEqual([]);
    }
  },
});

export { expect };
