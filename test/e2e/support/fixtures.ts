import { test as base, expect, type Page } from '@playwright/test';
import { startApp, type RunningApp } from './app.ts';

export interface Person {
  /** Key of the sandbox's person. */
  account: 'ana' | 'ben';
  sites?: string[];
  decision?: 'Allow' | 'Deny';
}

export interface Desk {
  app: RunningApp;
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

export const test = base.extend<{ desk: Desk }>({
  desk: async ({ context, page }, use) => {
    const app = await startApp();
    // What the page throws or logs as an error is a fault of ours.
    const faults: string[] = [];
    page.on('pageerror', (fault) => faults.push(fault.message));
    page.on('console', (message) => {
      // A refused call is shown to the person; the browser logs it besides.
      const refused = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !refused) faults.push(message.text());
    });
    await page.goto(app.url);
    const answer: Desk['answer'] = async (person, click) => {
      const opened = context.waitForEvent('page');
      await click();
      const provider = await opened;
      await answerAtProvider(provider, person);
      // Closed only once it has settled: a window behind a tab is not painted.
      await provider.getByRole('heading', { level: 1 }).filter({ hasNotText: 'asks for access' }).waitFor();
      await provider.close();
    };
    await use({
      app,
      window: page,
      answer,
      connect: async (person) => {
        await page
          .getByRole('button', { name: /^Connect( account)?$/ })
          .first()
          .click();
        await answer(person, () => page.getByRole('button', { name: 'Continue in browser' }).click());
      },
    });
    expect(faults).toEqual([]);
    await app.stop();
  },
});

export { expect };
