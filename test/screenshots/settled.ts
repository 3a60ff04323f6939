import type { BrowserContext, Page, Request } from '@playwright/test';

/** Some screens show that an answer is missing, or that something is tried again and again. */
const LONGEST_MS = 2000;

declare global {
  interface Window {
    /** How many short timers of the page are yet to fire. */
    timersLeft?: () => number;
  }
}

/** Counts the page's timers that fire soon: what they bring still belongs to the picture. */
function countTimers(): void {
  const soonMs = 500;
  const left = new Set<number>();
  const { setTimeout, clearTimeout } = window;
  window.setTimeout = ((run: () => void, ms = 0) => {
    const id = setTimeout(() => {
      left.delete(id);
      run();
    }, ms);
    if (ms <= soonMs) left.add(id);
    return id;
  }) as typeof setTimeout;
  window.clearTimeout = (id) => {
    left.delete(Number(id));
    clearTimeout(id);
  };
  window.timersLeft = () => left.size;
}

/** Fonts are there, nothing moves, what was rendered last is painted; gives how many timers are left. */
async function painted(page: Page): Promise<number> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null)));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return window.timersLeft?.() ?? 0;
  });
}

/**
 * Watches the pages of a new context. What it gives waits until a page has nothing more to show by itself: no short
 * timer runs, no request but the event stream is under way, and everything is painted.
 */
export async function settling(context: BrowserContext): Promise<(page: Page) => Promise<void>> {
  const open = new Set<Request>();
  const isOver = (request: Request): void => {
    open.delete(request);
  };
  context.on('request', (request) => {
    if (!request.url().endsWith('/v1/events')) open.add(request);
  });
  context.on('requestfinished', isOver);
  context.on('requestfailed', isOver);
  await context.addInitScript(countTimers);
  return async (page) => {
    const until = Date.now() + LONGEST_MS;
    let timers: number;
    do timers = await painted(page);
    while ((timers > 0 || open.size > 0) && Date.now() < until);
    // An answer that came with the last frame is painted now.
    await painted(page);
  };
}
