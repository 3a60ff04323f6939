import { setImmediate } from 'node:timers';
import { createAppStore, type AppStore } from '../../renderer/store/app-store.ts';
import type { StorePorts } from '../../renderer/store/ports.ts';
import { FakeApiClient, given } from './fake-api-client.ts';
import type { Snapshot } from './window-data.ts';

export const NOW = Date.parse('2026-11-22T12:00:00Z');

export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The window's store in a page that only remembers what was asked of it. */
export interface FakePage {
  api: FakeApiClient;
  store: AppStore;
  clipboard: string[];
  tabs: string[];
  saved: { name: string; text: string }[];
  timers: { ms: number; action: () => void }[];
}

export function aPage(change: Partial<StorePorts> = {}): FakePage {
  const page: FakePage = { clipboard: [], tabs: [], saved: [], timers: [] } as never;
  page.api = new FakeApiClient();
  page.store = createAppStore({
    api: page.api,
    now: () => NOW,
    clipboard: {
      write: (text) => Promise.resolve(page.clipboard.push(text) > 0),
      writeSecret: (text, seconds) => {
        page.clipboard.push(text);
        return Promise.resolve({ written: true, clears: seconds > 0 });
      },
    },
    pathOf: (file) => (file.name === 'known.env' ? '/home/ana/known.env' : null),
    saveText: (name, text) => page.saved.push({ name, text }),
    openTab: () => ({
      go: (address) => page.tabs.push(`go ${address}`),
      close: () => page.tabs.push('close'),
    }),
    after: (ms, action) => {
      page.timers.push({ ms, action });
      return () => undefined;
    },
    ...change,
  });
  return page;
}

export async function load(page: FakePage, snapshot: Snapshot): Promise<void> {
  page.api.answers.snapshot = () => given(snapshot);
  page.store.getState().start();
  page.api.setLink('live');
  await settled();
}

/** Everything that the state holds, as text. */
export const dump = (page: FakePage): string =>
  JSON.stringify(page.store.getState(), (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value] : value,
  );
