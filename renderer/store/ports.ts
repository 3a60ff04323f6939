import type { ApiClient } from '../api/api-client.ts';

/** A tab opened in the click, before its address is known. */
export interface BlankTab {
  go(address: string): void;
  close(): void;
}

/** The browser's clipboard. The page keeps no copy of what it writes. */
export interface PageClipboard {
  /** False when the browser refuses. */
  write(text: string): Promise<boolean>;
  /**
   * Writes and, after `clearAfterSeconds` (0: never), empties the clipboard if it still holds the text and the
   * browser lets the page look. `clears` says whether it will.
   */
  writeSecret(text: string, clearAfterSeconds: number): Promise<{ written: boolean; clears: boolean }>;
}

/** What the store needs of the page it runs in. */
export interface StorePorts {
  api: ApiClient;
  clipboard: PageClipboard;
  /** Null when the browser blocks it. */
  openTab: () => BlankTab | null;
  /** Where a dropped file is; null where the host does not tell. */
  pathOf: (file: File) => string | null;
  /** Offers the text to be saved as a file of that name. */
  saveText: (name: string, text: string) => void;
  /** Epoch ms. */
  now: () => number;
  /** Runs `action` after `ms`; the returned function takes that back. */
  after: (ms: number, action: () => void) => () => void;
}
