import type { ApiClient } from '../api/api-client.ts';

/** A tab that was opened during the click, before its address is known. */
export interface BlankTab {
  go(address: string): void;
  close(): void;
}

/** The browser's clipboard. The page keeps no copy of what it writes to it. */
export interface PageClipboard {
  /** False when the browser refuses. */
  write(text: string): Promise<boolean>;
  /**
   * Writes the text and, after `clearAfterSeconds` (0: never), empties the clipboard if it still holds the text and the
   * browser lets the page read it. `clears`: whether it will be emptied.
   */
  writeSecret(text: string, clearAfterSeconds: number): Promise<{ written: boolean; clears: boolean }>;
}

/** What the store needs from the page that it runs in. */
export interface StorePorts {
  api: ApiClient;
  clipboard: PageClipboard;
  /** Null if the browser blocks it. */
  openTab: () => BlankTab | null;
  /** The path of a dropped file; null if the host does not reveal it. */
  pathOf: (file: File) => string | null;
  /** Offers the text to be saved as a file of that name. */
  saveText: (name: string, text: string) => void;
  /** Epoch ms. */
  now: () => number;
  /** Runs `action` after `ms`; the returned function cancels it. */
  after: (ms: number, action: () => void) => () => void;
}
