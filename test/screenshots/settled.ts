import type { BrowserContext, Page, Request } from '@playwright/test';

/** Some screens show that an answer is missing. */
const LONGEST_MS = 2000;

const isCall = (request: Request): boolean => !request.url().endsWith('/v1/events');

/** Fonts are there, nothing moves, and what was rendered last is painted. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null)));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/**
 * Watches the pages of a context from before they load. What it gives waits until a page has nothing more to show by
 * itself: no request but the event stream is under way, or none that is answered soon, and everything is painted.
 */
export function settling(context: BrowserContext): (page: Page) => Promise<void> {
  const open = new Set<Request>();
  context.on('request', (request) => {
    if (isCall(request)) open.add(request);
  });
  const isOver = (request: Request): void => {
    open.delete(request);
  };
  context.on('requestfinished', isOver);
  context.on('requestfailed', isOver);
  return async (page) => {
    const until = Date.now() + LONGEST_MS;
    do await painted(page);
    while (open.size > 0 && Date.now() < until);
    // An answer that came with the last frame is painted now.
    await painted(page);
  };
}
