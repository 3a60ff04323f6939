import type { ApiClient, DesktopBridge } from './api-client.ts';
import { createHttpClient } from './http-client.ts';
import { makePageKey, type PageKey } from './page-key.ts';

declare global {
  interface Window {
    /** Absent in a browser. */
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
    // Browsers offer Web Crypto only in a secure context.
    pageKey: () => (key ??= makePageKey(crypto).catch(() => null)),
    origin: location.origin,
    go: (path) => {
      // A redirect keeps what comes after “#”, so the page is where it was.
      location.replace(`${path}${location.hash}`);
    },
  });
}

/** The client for where this page runs: the desktop app or a browser. */
export const pickClient = (): ApiClient => window.tokentray ?? httpClient();
