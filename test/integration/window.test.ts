import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  aConnection,
  aProvider,
  aSignIn,
  connectionId,
  emptySnapshot,
  fullSnapshot,
  largeSnapshot,
  type Snapshot,
} from '../fakes/window-data.ts';
import { NARROW, PAGE_FOLDER, windowBrowser } from './support/window-browser.ts';
import { firstScripts } from '../fakes/first-scripts.ts';
import { reconnectDeclined } from './support/window-rare-screens.ts';
import { button, menu, option, section } from './support/window-screens.ts';

/** Of the scripts that a window needs to show itself, and of all. */
const LARGEST_GZIP_BYTES = { first: 150_000, all: 225_000 };
const { open: openWindow } = windowBrowser();

const updatable = (): Snapshot => ({
  ...emptySnapshot(),
  updates: { state: 'available', version: '0.2.0', asksForPassword: true },
});

describe('updates of the app', () => {
  it('need a click for each step', async () => {
    const { core, page } = await openWindow(updatable());
    core.answers['updates.download'] = () => ({
      value: { state: 'downloading', version: '0.2.0', percent: 0 },
    });
    await section(page, 'Settings').click();
    await button(page, 'Download 0.2.0').click();
    await page.getByText('Downloading 0.2.0: 0%').waitFor();
    core.push({ type: 'updates', updates: { state: 'ready', version: '0.2.0', asksForPassword: true } });
    await page.getByText('administrator password').waitFor();
    core.answers['updates.install'] = () => ({
      error: { code: 'conflict', message: 'There is no new version to install.' },
    });
    await button(page, 'Install and restart').click();
    await page.getByText('There is no new version to install.').waitFor();
    expect(core.calls.map(({ name }) => name).filter((name) => name.startsWith('updates.'))).toEqual([
      'updates.download',
      'updates.install',
    ]);
  });

  it('are not mentioned where the host has none', async () => {
    const { page } = await openWindow(emptySnapshot());
    await section(page, 'Settings').click();
    await page.getByText('Data folder').waitFor();
    expect(await page.getByText('Updates').count()).toBe(0);
  });
});

describe('the built page', () => {
  it('stays under its limit', async () => {
    const assets = path.join(PAGE_FOLDER, 'assets');
    const first = firstScripts(PAGE_FOLDER);
    const bytes = { first: 0, all: 0 };
    for (const name of await readdir(assets)) {
      if (!name.endsWith('.js')) continue;
      const { length } = gzipSync(await readFile(path.join(assets, name)));
      bytes.all += length;
      if (first.includes(name)) bytes.first += length;
    }
    expect(bytes.first).toBeGreaterThan(100_000);
    expect(bytes.first).toBeLessThanOrEqual(LARGEST_GZIP_BYTES.first);
    expect(bytes.all).toBeLessThanOrEqual(LARGEST_GZIP_BYTES.all);
  });

  it('paints its frame before the script has loaded', async () => {
    const { page } = await openWindow(emptySnapshot(), {
      prepare: async (blank) => {
        await blank.route('**/*.js', (route) => route.abort());
      },
    });
    await expect.poll(() => page.getByText('Tokentray', { exact: true }).isVisible()).toBe(true);
  });
});

describe('connecting', () => {
  it('goes from the first click to a connection, the provider’s page in another tab', async () => {
    const { page, context, core, complaints } = await openWindow({
      ...emptySnapshot(),
      providers: [aProvider({ clients: [] })],
    });
    await button(page, 'Connect account').click();
    await page.getByLabel('Read only').check();
    await page.getByLabel('Client ID').fill('my-client');
    await page.getByLabel('Client secret').fill('made-up-client-secret');
    const opened = context.waitForEvent('page');
    await button(page, 'Save and sign in').click();
    const tab = await opened;
    await tab.waitForURL('**/authorize?*');
    expect(await tab.evaluate(() => window.opener === null)).toBe(true);
    await page.bringToFront();
    const link = page.getByRole('link', { name: 'Open Atlassian Cloud sign-in' });
    expect(await link.getAttribute('rel')).toContain('noopener');
    await page.getByLabel('Or paste the callback address').fill('http://127.0.0.1:7979/callback?code=x');
    await button(page, 'Continue').click();
    await page.getByLabel('delta', { exact: true }).check();
    await button(page, 'Use this site').click();
    await page.getByRole('dialog', { name: 'Connected' }).waitFor();
    await button(page, 'Done').click();
    await option(page, 'delta').waitFor();
    expect(core.calls.find(({ name }) => name === 'sign-in.start')?.input).toMatchObject({
      open: false,
      scopes: ['read:me', 'offline_access', 'read:jira-work'],
    });
    expect(await page.content()).not.toContain('made-up-client-secret');
    expect(complaints).toEqual([]);
  });

  it('shows what went wrong and lets one try again', async () => {
    const { page, core } = await openWindow(fullSnapshot(Date.now()));
    await reconnectDeclined(page, core);
    await button(page, 'Try again').click();
    await page.getByRole('dialog', { name: 'Waiting for your browser' }).waitFor();
    expect(core.calls.filter(({ name }) => name === 'sign-in.start')).toHaveLength(2);
  });
});

describe('copying a token', () => {
  it('puts it on the clipboard only', async () => {
    const { page, core } = await openWindow(fullSnapshot(Date.now()));
    await option(page, 'acme').click();
    await button(page, 'Copy token').click();
    await page.getByText('Copied the token of acme – clears in 30 s').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(core.token);
    const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect((await page.content()) + kept).not.toContain(core.token);
  });

  it('clears it in time, but not what was copied since', async () => {
    const { page } = await openWindow(fullSnapshot(Date.now()), {
      prepare: async (blank) => {
        await blank.clock.install();
      },
    });
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await option(page, 'acme').click();
    await button(page, 'Copy token').click();
    await page.getByText('Copied the token of acme – clears in 30 s').waitFor();
    await page.clock.runFor(31_000);
    await expect.poll(clipboard).toBe('');
    await button(page, 'Copy token').click();
    await page.getByText('Copied the token of acme – clears in 30 s').waitFor();
    await page.evaluate(() => navigator.clipboard.writeText('something else'));
    await page.clock.runFor(31_000);
    expect(await clipboard()).toBe('something else');
  });
});

describe('10,000 connections', () => {
  /** Counts, per commit, the rows that React rendered again, as its developer tools do. */
  const countRows = async (page: Page): Promise<void> => {
    await page.addInitScript(() => {
      interface Fiber {
        flags: number;
        alternate: Fiber | null;
        child: Fiber | null;
        sibling: Fiber | null;
        memoizedProps: { role?: string } | null;
        type: unknown;
      }
      const counts = { rows: 0 };
      const walk = (fiber: Fiber): void => {
        if (typeof fiber.type !== 'string' && fiber.child?.memoizedProps?.role === 'option') {
          if ((fiber.flags & 1) !== 0 && fiber.child !== fiber.alternate?.child) counts.rows++;
        }
        if (fiber.alternate !== null && fiber.child === fiber.alternate.child) return;
        for (let child = fiber.child; child !== null; child = child.sibling) walk(child);
      };
      Object.assign(window, {
        renderedRows: counts,
        __REACT_DEVTOOLS_GLOBAL_HOOK__: {
          supportsFiber: true,
          inject: () => 1,
          onCommitFiberUnmount: () => undefined,
          onCommitFiberRoot: (_: number, root: { current: Fiber }) => {
            walk(root.current);
          },
        },
      });
    });
  };

  it('are at most 60 rows, and one change renders one of them', async () => {
    const now = Date.now();
    const { page, core } = await openWindow(largeSnapshot(now, 10_000), { prepare: countRows });
    const rows = page.getByRole('option');
    await rows.first().waitFor();
    expect(await rows.count()).toBeLessThanOrEqual(60);
    const read = () =>
      page.evaluate(() => (window as never as { renderedRows: { rows: number } }).renderedRows.rows);
    const before = await read();
    expect(before).toBeGreaterThanOrEqual(await rows.count());
    const changed = core.snapshot.connections[3]!;
    core.push({
      type: 'connection',
      connection: { ...changed, status: { state: 'paused', since: new Date(now).toISOString() } },
    });
    await page.getByRole('option', { name: /^site-4,.*Paused/ }).waitFor();
    expect((await read()) - before).toBe(1);
  });

  it('are reached with the keyboard to the last', async () => {
    const { page } = await openWindow(largeSnapshot(Date.now(), 10_000));
    await page.getByRole('option').first().click();
    await page.keyboard.press('End');
    const last = option(page, 'site-10000');
    await expect.poll(() => last.evaluate((row) => row === document.activeElement)).toBe(true);
    expect(await last.getAttribute('aria-posinset')).toBe('10000');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => option(page, 'site-9999').getAttribute('aria-selected')).toBe('true');
    expect(await page.getByRole('option').count()).toBeLessThanOrEqual(60);
  });
});

describe('the keyboard', () => {
  it('returns the focus to what opened a dialog', async () => {
    const { page } = await openWindow(fullSnapshot(Date.now()));
    const row = option(page, 'acme');
    await row.click();
    await page.keyboard.press('F2');
    await page.getByLabel('Name', { exact: true }).fill('renamed');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect
      .poll(() => option(page, 'renamed').evaluate((it) => it === document.activeElement))
      .toBe(true);
    await menu(page, 'Remove');
    await page.keyboard.press('Escape');
    await expect.poll(() => button(page, 'More').evaluate((it) => it === document.activeElement)).toBe(true);
  });

  it('stays in the dialog from step to step', async () => {
    const { page, core } = await openWindow(fullSnapshot(Date.now()));
    const focused = (name: string) =>
      expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(name);
    await option(page, 'beta').click();
    await button(page, 'Reconnect').press('Enter');
    await focused('Waiting for your browser');
    core.push({
      type: 'sign-in',
      signIn: aSignIn(1, Date.now(), {
        reconnects: connectionId(3),
        stage: { stage: 'done', connection: connectionId(3) },
      }),
    });
    await page.getByRole('dialog', { name: 'Reconnected' }).waitFor();
    await focused('Reconnected');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // “Use it” leads to the tab, not back to what opened the dialog.
    await focused('Use');
  });

  it('searches with / and goes to the results with ↓', async () => {
    const { page } = await openWindow(fullSnapshot(Date.now()));
    await option(page, 'acme').click();
    await page.keyboard.press('/');
    await page.keyboard.type('docs');
    expect(await page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => option(page, 'beta-docs').evaluate((it) => it === document.activeElement))
      .toBe(true);
  });
});

describe('a low window', () => {
  it('shows why a file was not added', async () => {
    const { page } = await openWindow(fullSnapshot(Date.now()), { size: NARROW });
    await section(page, 'Env files').click();
    await button(page, 'Add env file').click();
    await page.getByLabel('File', { exact: true }).fill('.env');
    await page.keyboard.press('Enter');
    const note = page.getByText(/is not a full path/);
    await expect
      .poll(() =>
        note.evaluate((it) => {
          const { top, height, left } = it.getBoundingClientRect();
          return it.contains(document.elementFromPoint(left + 5, top + height / 2));
        }),
      )
      .toBe(true);
  });
});

describe('the providers', () => {
  it('count the connections of a client as they are now', async () => {
    const { page, core } = await openWindow(fullSnapshot(Date.now()));
    await section(page, 'Providers').click();
    await page.getByText('· 6 connections').waitFor();
    core.push({ type: 'connection-removed', id: connectionId(2) });
    await page.getByText('· 5 connections').waitFor();
  });
});

describe('a core that goes away', () => {
  it('is reported; the page continues automatically when it is back', async () => {
    const now = Date.now();
    const { page, core } = await openWindow(fullSnapshot(now));
    await option(page, 'acme').waitFor();
    await core.stop();
    await page.getByText('Tokentray isn’t running.', { exact: true }).waitFor();
    core.snapshot = { ...emptySnapshot(), connections: [aConnection(1, now, { name: 'back again' })] };
    await core.start();
    await option(page, 'back again').waitFor();
    await page.getByText('Tokentray isn’t running.', { exact: true }).waitFor({ state: 'detached' });
  });
});
