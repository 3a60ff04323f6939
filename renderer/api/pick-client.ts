import type { ShowTarget } from '../../contract/show.ts';
import type { ApiClient } from './api-client.ts';
import { createHttpClient } from './http-client.ts';

/** What the desktop shell's preload gives the page. */
export interface ShellBridge extends ApiClient {
  /** Hears what the tray or a notification asks the window to show, until the returned function is called. */
  onShow(listener: (target: ShowTarget) => void): () => void;
  /** Absolute path of a file that was dropped on the window; empty when it has none. */
  pathOf(file: File): string;
}

declare global {
  interface Window {
    /** Missing where a browser shows the page. */
    readonly tokentray?: ShellBridge;
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
