import type { Page } from '@playwright/test';

/** Everything that the page shows or keeps for later. */
export const inSight = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const fields = [...document.querySelectorAll('input, textarea')];
    const kept = [
      fields.map((field) => (field as HTMLInputElement).value),
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      await indexedDB.databases(),
      await caches.keys(),
      document.cookie,
      history.state as unknown,
      location.href,
    ];
    return document.documentElement.outerHTML + JSON.stringify(kept);
  });
