import { test as base, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { AppControls } from './app.ts';
import { startBrowserDriver } from './browser-driver.ts';
import type { Driver, HostName } from './driver.ts';
import { pastFirstRun } from './past-first-run.ts';
import { startElectronDriver } from './electron-driver.ts';
import { startStandInDriver } from './stand-in-driver.ts';

export interface Person {
  /** Key of the sandbox's person. */
  account: 'ana' | 'ben';
  sites?: string[];
  decision?: 'Allow' | 'Deny';
}

export interface Desk {
  app: AppControls;
  driver: Driver;
  /** The app's window. */
  window: Page;
  /** Clicks through *Connect account* up to the provider's page, and answers there as the person. */
  connect: (person: Person) => Promise<void>;
  /** Answers on the provider's page that a click in the window opens. */
  answer: (person: Person, click: () => Promise<void>) => Promise<void>;
}

async function answerAtProvider(
  page: Page,
  { account, sites = [], decision = 'Allow' }: Person,
): Promise<void> {
  await page.locator(`input[name=account][value=${account}]`).check();
  if (sites.length > 0) {
    // Each person's sites are there; only those of the chosen one are shown.
    for (const box of await page.locator(`input[name=site][value^="${account}/"]`).all()) await box.uncheck();
    for (const site of sites) await page.locator(`input[name=site][value="${account}/${site}"]`).check();
  }
  await page.getByRole('button', { name: decision }).click();
}

export function deskOf(driver: Driver, window: Page): Desk {
  const answer: Desk['answer'] = async (person, click) => {
    const provider = await driver.opened(click);
    await answerAtProvider(provider, person);
    // Closed only once it has settled: a window behind a tab is not painted.
    await provider.getByRole('heading', { level: 1 }).filter({ hasNotText: 'asks for access' }).waitFor();
    await provider.close();
  };
  return {
    app: driver.app,
    driver,
    window,
    answer,
    connect: async (person) => {
      await window
        .getByRole('button', { name: /^Connect( account)?$/ })
        .first()
        .click();
      await answer(person, () => window.getByRole('button', { name: 'Continue in browser' }).click());
    },
  };
}

export interface Options {
  host: HostName;
  /** Begins with the first run; else as for a person who has been here before. */
  newcomer: boolean;
}

export const test = base.extend<Options & { desk: Desk }>({
  host: ['browser host', { option: true }],
  newcomer: [false, { option: true }],
  desk: async ({ host, newcomer, browser, context }, use) => {
    const driver = await startDriver(host, browser, context);
    try {
      if (!newcomer) await pastFirstRun(driver.app);
      await use(deskOf(driver, await driver.window()));
    } finally {
      await driver.stop();
    }
    expect(driver.faults).toEqual([]);
  },
});

function startDriver(host: HostName, browser: Browser, context: BrowserContext): Promise<Driver> {
  const person = (): Promise<BrowserContext> => Promise.resolve(context);
  switch (host) {
    case 'browser host':
      return startBrowserDriver(context);
    case 'electron stand-in':
      return startStandInDriver({ browser, person });
    case 'electron':
      return startElectronDriver(person);
  }
}

export { expect };
