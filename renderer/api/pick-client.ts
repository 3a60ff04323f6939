import type { ApiClient, DesktopBridge } from './api-client.ts';
import { createHttpClient } from './http-client.ts';
import { makePageKey, type PageKey } from './page-key.ts';

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

function httpClient(): ApiClient {
  let key: Promise<PageKey | null> | undefined;
  return createHttpClient({
    fetch: window.fetch.bind(window),
    delay,
    report: reportError,
    // Browsers sign only in what they take for a secure context.
    pageKey: () => (key ??= makePageKey(crypto).catch(() => null)),
    origin: location.origin,
    go: (path) => {
      location.replace(path);
    },
  });
}

/** The way to the core that this page has. */
export const pickClient = (): ApiClient => window.tokentray ?? httpClient();
