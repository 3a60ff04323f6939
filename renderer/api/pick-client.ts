import type { ApiClient, DesktopBridge } from './api-client.ts';
import { createHttpClient } from './http-client.ts';

declare global {
  interface Window {
    /** Missing where a browser shows the page. */
    readonly tokentray?: DesktopBridge;
  }
}

const delay = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** The way to the core that this page has. */
export const pickClient = (): ApiClient =>
  window.tokentray ?? createHttpClient({ fetch: window.fetch.bind(window), delay });
