import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { expect } from './fixtures.ts';
import { pastFirstRun } from './past-first-run.ts';
import { startStandInDriver, type StandInDriver, type StandInStart } from './stand-in-driver.ts';

/** For what only the stand-in can do to a desktop or a page: each test starts the program as it needs it. */
export const test = base.extend<{
  /** A data folder that is there for the whole test, and for several starts in it. */
  home: string;
  start: (options?: Partial<StandInStart>) => Promise<StandInDriver>;
}>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright wants a pattern
  home: async ({}, use) => {
    const home = mkdtempSync(path.join(tmpdir(), 'tokentray-e2e-'));
    await use(home);
    rmSync(home, { recursive: true, force: true });
  },
  // `home` is named so that it goes after what was started in it.
  start: async ({ browser, context, home: _home }, use) => {
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
