import type { Page } from '@playwright/test';

/** Keeps what a page of ours throws or logs as an error. */
export function keepFaults(page: Page, faults: string[]): void {
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (message) => {
    // A refused call is shown to the person; the browser logs it besides.
    const refused = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !refused) faults.push(message.text());
  });
}
