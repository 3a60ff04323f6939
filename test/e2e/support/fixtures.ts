import { test as base, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { AppControls } from './app.ts';
import { startBrowserDriver } from './browser-driver.ts';
import { LEFT_OUT, type Driver, type HostName, type Shell } from './driver.ts';
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
  /** A step that needs a desktop. A host that has none leaves it out, and the run says so. */
  onDesktop: (step: string, body: (shell: Shell) => Promise<void>) => Promise<void>;
}

/** What the person's browser says in the end. */
const LANDING = {
  Allow: /is connected$|^Choose a site|^Another account|^Finishing/,
  Deny: 'Not connected',
} as const;

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
    await expect(provider.getByRole('heading', { level: 1 })).toHaveText(LANDING[person.decision ?? 'Allow']);
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
    onDesktop: async (step, body) => {
      const { shell } = driver;
      if (shell === null) base.info().annotations.push({ type: LEFT_OUT, description: step });
      else await base.step(step, () => body(shell));
    },
  };
}

export interface Options {
  host: HostName;
}

interface Beginning {
  /** Begins with the first run; else as for a person who has been here before. */
  newcomer?: boolean;
  /** False: as for real accounts. */
  sandbox?: boolean;
}

export const test = base.extend<Options & { begin: (how?: Beginning) => Promise<Desk>; desk: Desk }>({
  host: ['browser host', { option: true }],
  begin: async ({ host, browser, context }, use) => {
    const drivers: Driver[] = [];
    try {
      await use(async ({ newcomer = false, sandbox = true } = {}) => {
        const driver = await startDriver(host, browser, context, sandbox);
        drivers.push(driver);
        if (!newcomer) await pastFirstRun(driver.app);
        return deskOf(driver, await driver.window());
      });
    } finally {
      for (const driver of drivers) await driver.stop();
    }
    expect(drivers.flatMap(({ faults }) => faults)).toEqual([]);
  },
  desk: async ({ begin }, use) => use(await begin()),
});

function startDriver(
  host: HostName,
  browser: Browser,
  context: BrowserContext,
  sandbox: boolean,
): Promise<Driver> {
  const person = (): Promise<BrowserContext> => Promise.resolve(context);
  switch (host) {
    case 'browser host':
      return startBrowserDriver(context, { sandbox });
    case 'electron stand-in':
      return startStandInDriver({ browser, person, args: sandbox ? ['--sandbox'] : [] });
    case 'electron':
      return startElectronDriver(person, { sandbox });
  }
}

export { expect };
