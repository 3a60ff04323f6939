import type { Page } from '@playwright/test';

/**
 * Whether the text stands anywhere in the JavaScript memory of the page: in what React and the stores hold, in
 * closures, in what waits for a timer. What nothing holds any more is cleared first.
 */
export async function pageRemembers(page: Page, text: string): Promise<boolean> {
  const cdp = await page.context().newCDPSession(page);
  try {
    let heap = '';
    cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (heap += chunk));
    await cdp.send('HeapProfiler.enable');
    for (let time = 0; time < 3; time++) await cdp.send('HeapProfiler.collectGarbage');
    await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    return heap.includes(text);
  } finally {
    await cdp.detach();
  }
}
