import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Shell } from './support/driver.ts';
import { expect, test } from './support/fixtures.ts';

const CLIPBOARD_CLEARS_AFTER_MS = 30_000;

const row = (window: Page, name: RegExp): ReturnType<Page['getByRole']> =>
  window.getByRole('option', { name });

const done = (window: Page): Promise<void> =>
  window.getByRole('dialog').getByRole('button', { name: 'Done' }).click();

async function fromMenu(window: Page, item: string): Promise<void> {
  await window.getByRole('button', { name: 'More', exact: true }).click();
  await window.getByRole('menuitem', { name: item, exact: true }).click();
}

test('the whole of it: from the first run to quitting', async ({ begin }) => {
  test.setTimeout(180_000);

  await test.step('the first run says what it is, and offers the sandbox', async () => {
    const { driver, window } = await begin({ newcomer: true, sandbox: false });
    await expect(window.getByText('Welcome to Tokentray')).toBeVisible();
    // What the click on it opens is a program of its own: `try-sandbox.spec.ts`.
    await expect(window.getByRole('button', { name: 'Try it with the sandbox' })).toBeEnabled();
    await driver.stop();
  });

  const desk = await begin({ newcomer: true });
  const { app, driver, window } = desk;
  const { ways } = driver;
  const [ownFile, activeFile] = [path.join(app.home, 'own.env'), path.join(app.home, 'active.env')];
  const read = (file: string): string => readFileSync(file, 'utf8');
  const token = async (...args: string[]): Promise<string> => (await app.cli(['get', ...args])).stdout.trim();
  const identities = async (): Promise<string[]> =>
    ((await app.cli(['list', '--json'])).json() as { id: string }[]).map(({ id }) => id).sort();

  await test.step('the sandbox says that it is one', async () => {
    await expect(window.getByText('Welcome to Tokentray')).toBeVisible();
    await expect(window.getByText('This is the sandbox')).toBeVisible();
    expect(await ways.lines()).toEqual([]);
  });

  await test.step('connect, and go on to use it', async () => {
    await desk.connect({ account: 'ana', sites: ['acme'] });
    const connected = window.getByRole('dialog', { name: 'acme is connected' });
    await connected.getByRole('button', { name: 'Use it' }).click();
    await expect(connected).toBeHidden();
    await expect.poll(() => ways.active()).toBe('acme');
  });
  await desk.onDesktop('the window says once where the app is found again', async () => {
    const where = window.getByRole('dialog', { name: 'Where to find Tokentray' });
    await expect(where).toBeVisible();
    await done(window);
  });
  await test.step('a first file', async () => {
    await window.getByRole('region', { name: 'Env file' }).waitFor();
    await window.getByLabel('File or folder of your project').fill(ownFile);
    await window.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(window.getByText('kept up to date')).toBeVisible();
    expect(read(ownFile)).toContain(`ATLASSIAN_ACCESS_TOKEN=${await token()}\n`);
  });
  await expect(window.getByRole('dialog')).toBeHidden();

  await test.step('a second account leaves the first one active', async () => {
    await desk.connect({ account: 'ben', sites: ['beta'] });
    await done(window);
    await window.getByRole('navigation').getByRole('button', { name: 'Env files' }).click();
    await window.getByRole('button', { name: 'Add env file' }).click();
    const dialog = window.getByRole('dialog', { name: 'Add env file' });
    await dialog.getByLabel('File').fill(activeFile);
    await dialog.getByLabel('Follows').selectOption('active:atlassian');
    await dialog.getByRole('button', { name: 'Add env file' }).click();
    await expect(dialog).toBeHidden();
    await window.getByRole('navigation').getByRole('button', { name: 'Connections' }).click();
    await expect(row(window, /^acme.*active/)).toBeVisible();
    await expect.poll(async () => (await ways.lines()).length).toBe(2);
    expect(read(activeFile)).toContain('acme.atlassian.net');
  });
  const before = await identities();

  await test.step('switching rewrites the file', async () => {
    await ways.use('beta');
    await expect.poll(() => read(activeFile)).toContain('beta.atlassian.net');
    await expect.poll(() => ways.active()).toBe('beta');
    await expect(row(window, /^beta.*active/)).toBeVisible();
    expect(read(activeFile)).toContain(`ATLASSIAN_ACCESS_TOKEN=${await token()}\n`);
    expect(read(ownFile)).toContain('acme.atlassian.net');
  });

  await test.step('a copied token is only on the clipboard, and is cleared from it', async () => {
    await row(window, /^beta/).click();
    const endTimers = await driver.keepTimers();
    await ways.copyToken();
    await expect.poll(() => driver.clipboard()).toBe(await token());
    expect(await window.content()).not.toContain(await token());
    await endTimers(CLIPBOARD_CLEARS_AFTER_MS);
    await expect.poll(() => driver.clipboard()).toBe('');
  });

  await desk.onDesktop('copying something else from the tray', async (shell) => {
    await shell.clickTray(['Copy more', 'Site address']);
    await expect.poll(() => driver.clipboard()).toBe('https://beta.atlassian.net');
  });

  await test.step('a refresh rewrites the file', async () => {
    const old = await token();
    await fromMenu(window, 'Refresh');
    await expect.poll(() => read(activeFile)).not.toContain(old);
    expect(read(activeFile)).toContain(`ATLASSIAN_ACCESS_TOKEN=${await token()}\n`);
  });

  await test.step('offline keeps the token, and comes back', async () => {
    const old = await token();
    // Nothing gets through: an answer that is lost on its way would be waited for, for minutes.
    // It ends the connection of this call too.
    await app.sandbox('down', { mode: 'refuse', forMs: 10_000 }).catch(() => undefined);
    await fromMenu(window, 'Refresh');
    await expect(row(window, /^beta.*Offline/)).toBeVisible();
    await expect.poll(() => ways.lines()).toContainEqual(expect.stringMatching(/\bbeta\b.*offline/i));
    expect(await token()).toBe(old);
    const isBack = (): Promise<boolean> =>
      app.sandbox('fair', {}).then(
        () => true,
        () => false,
      );
    await expect.poll(isBack, { timeout: 20_000 }).toBe(true);
    await ways.lookAgain();
    await expect(row(window, /^beta.*, Connected/)).toBeVisible();
    await expect.poll(() => read(activeFile)).not.toContain(old);
  });

  await test.step('needs reconnect is said, and its file keeps what it had', async () => {
    const kept = read(activeFile);
    await app.sandbox('revoke-all', {});
    await fromMenu(window, 'Refresh');
    await expect(row(window, /^beta.*Needs reconnect/)).toBeVisible();
    await expect.poll(() => ways.lines()).toContainEqual(expect.stringMatching(/\bbeta\b.*reconnect/i));
    expect((await app.cli(['get'])).code).toBe(4);
    expect(read(activeFile)).toBe(kept);
  });

  await desk.onDesktop('the tray says it in words', async (shell) => {
    await expect.poll(async () => (await shell.tray())?.tooltip).toContain('beta');
  });

  await test.step('another account is warned of, and changes nothing', async () => {
    await desk.answer({ account: 'ana', sites: ['acme'] }, () => ways.reconnect('beta'));
    const warning = window.getByRole('dialog', { name: 'Signed in with a different account' });
    await expect(warning).toContainText('ana@acme.example');
    await warning.getByRole('button', { name: 'Cancel' }).click();
    await expect(row(window, /^beta.*Needs reconnect/)).toBeVisible();
    await expect(row(window, /^beta.*ben@beta\.example/)).toBeVisible();
  });

  await test.step('reconnecting keeps the connection, its place and its files', async () => {
    await desk.answer({ account: 'ben', sites: ['beta'] }, () => ways.reconnect('beta'));
    await expect(window.getByRole('dialog', { name: 'Reconnected' })).toBeVisible();
    await done(window);
    await expect(row(window, /^beta.*, Connected/)).toBeVisible();
    await expect.poll(() => ways.active()).toBe('beta');
    expect(await identities()).toEqual(before);
    await expect.poll(() => read(activeFile)).toContain(`ATLASSIAN_ACCESS_TOKEN=${await token()}\n`);
  });

  await test.step('a new name is shown letter for letter', async () => {
    await row(window, /^beta/).click();
    await fromMenu(window, 'Rename…');
    await window.getByRole('textbox', { name: 'Name' }).fill('R&D “beta” 🦊');
    await window.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await expect.poll(() => ways.active()).toBe('R&D “beta” 🦊');
    await expect(row(window, /^R&D “beta” 🦊/)).toBeVisible();
  });

  await desk.onDesktop('pausing from the tray', async (shell) => {
    const paused = async (): Promise<[boolean | undefined, boolean | undefined]> => {
      const tray = await shell.tray();
      const item = tray?.menu.find(({ label }) => label === 'Pause refreshing');
      return [item?.checked, tray?.tooltip.includes('paused')];
    };
    await shell.clickTray(['Pause refreshing']);
    await expect.poll(paused).toEqual([true, true]);
    await shell.clickTray(['Pause refreshing']);
    await expect.poll(paused).toEqual([false, false]);
  });

  await test.step('removing names the files', async () => {
    await fromMenu(window, 'Remove…');
    const files = window.getByRole('dialog').getByRole('list', { name: 'Env files that use it' });
    await expect(files).toContainText(path.basename(activeFile));
    await expect(files).not.toContainText(path.basename(ownFile));
    await window.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(row(window, /R&D/)).toBeHidden();
    await expect.poll(async () => (await ways.lines()).join()).not.toContain('R&D');
  });

  await test.step('the app keeps running without its window', async () => {
    await ways.closeWindow();
    await expect.poll(() => ways.hasWindow()).toBe(false);
    expect((await app.cli(['status'])).code).toBe(0);
  });
  const toldWhere = async (shell: Shell): Promise<number> =>
    (await shell.notifications()).filter(({ body }) => /tray|menu bar/i.test(body)).length;
  await desk.onDesktop('closing says where the app went', async (shell) => {
    await expect.poll(() => toldWhere(shell)).toBe(1);
  });

  await test.step('a second start opens the window, as it was left', async () => {
    const again = await ways.startAgain();
    await expect(row(again, /^acme/)).toBeVisible();
    await expect(again.getByRole('dialog')).toBeHidden();
    expect(await again.title()).toBe('Tokentray');
  });

  await desk.onDesktop('closing again says nothing more', async (shell) => {
    await ways.closeWindow();
    await expect.poll(() => ways.hasWindow()).toBe(false);
    expect(await toldWhere(shell)).toBe(1);
  });

  await test.step('quit', async () => {
    await ways.quit();
    expect(await ways.ended).toBe(0);
    expect((await app.cli(['status'])).code).toBe(3);
  });
});
