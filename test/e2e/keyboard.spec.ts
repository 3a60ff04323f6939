import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { focused, tabTo } from '../integration/support/window-keys.ts';
import { expect, test, type Desk } from './support/fixtures.ts';

const dialog = (window: Page, name: string): ReturnType<Page['getByRole']> =>
  window.getByRole('dialog', { name });

/** From anywhere in the window to this row of the list. */
async function toRow(window: Page, name: string): Promise<void> {
  // Keys mean the dialog for as long as there is one.
  await expect(window.getByRole('dialog')).toBeHidden();
  await expect(async () => {
    await window.keyboard.press('/');
    expect(await focused(window)).toMatch(/^input/);
  }).toPass();
  await window.keyboard.press('Control+a');
  await window.keyboard.type(name);
  await expect(window.getByRole('listbox', { name: 'Connections' }).getByRole('option')).toHaveCount(1);
  await window.keyboard.press('ArrowDown');
  await expect.poll(() => focused(window)).toContain(`option ${name}`);
}

async function press(window: Page, button: string): Promise<void> {
  await tabTo(window, new RegExp(`^button ${button}$`));
  await window.keyboard.press('Enter');
}

async function connect(
  { window, answer }: Desk,
  button: string,
  person: Parameters<Desk['answer']>[0],
): Promise<void> {
  await press(window, button);
  await expect(dialog(window, 'Connect account')).toBeVisible();
  await tabTo(window, 'button Continue in browser');
  await answer(person, () => window.keyboard.press('Enter'));
  await window.bringToFront();
}

test('the main job by keyboard alone', async ({ desk }) => {
  test.setTimeout(90_000);
  const { app, driver, window } = desk;
  const { keyboard } = window;
  const file = path.join(app.home, 'keys.env');
  const listed = async (): Promise<{ name: string; active: boolean }[]> =>
    (await app.cli(['list', '--json'])).json() as { name: string; active: boolean }[];

  await test.step('connect, choose a site, add a file', async () => {
    await connect(desk, 'Connect account', { account: 'ana', sites: ['acme', 'acme-sandbox'] });
    await expect(dialog(window, 'Choose a site')).toBeVisible();
    await tabTo(window, 'input acme');
    await keyboard.press('ArrowDown');
    expect(await focused(window)).toContain('acme-sandbox');
    await keyboard.press('Enter');
    await expect(dialog(window, 'Connected')).toBeVisible();
    await press(window, 'Use it');
    await expect(window.getByRole('dialog')).toBeHidden();
    await tabTo(window, 'input File or folder of your project');
    await keyboard.type(file);
    await keyboard.press('Enter');
    await expect(window.getByText('kept up to date')).toBeVisible();
    expect(readFileSync(file, 'utf8')).toContain('acme-sandbox.atlassian.net');
  });

  await test.step('a second account, made active', async () => {
    await connect(desk, 'Connect', { account: 'ben', sites: ['beta'] });
    await expect(dialog(window, 'Connected')).toBeVisible();
    await press(window, 'Done');
    await toRow(window, 'beta');
    await keyboard.press('Control+Enter');
    await expect(window.getByRole('option', { name: /^beta.*active/ })).toBeVisible();
  });

  await test.step('copy', async () => {
    await keyboard.press('Enter');
    await expect.poll(() => focused(window)).toBe('h2 beta');
    await press(window, 'Copy token');
    const token = (await app.cli(['get'])).stdout.trim();
    await expect.poll(() => driver.clipboard()).toBe(token);
  });

  await test.step('refresh', async () => {
    const before = (await app.cli(['get'])).stdout;
    await press(window, 'More');
    await expect.poll(() => focused(window)).toMatch(/^menuitem Refresh/);
    await keyboard.press('Enter');
    await expect.poll(async () => (await app.cli(['get'])).stdout).not.toBe(before);
  });

  await test.step('rename', async () => {
    await toRow(window, 'beta');
    await keyboard.press('F2');
    await expect(dialog(window, 'Rename beta')).toBeVisible();
    await expect.poll(() => focused(window)).toBe('input Name');
    await keyboard.press('Control+a');
    await keyboard.type('work');
    await keyboard.press('Enter');
    await expect(window.getByRole('dialog')).toBeHidden();
    await expect.poll(async () => (await listed()).find(({ active }) => active)?.name).toBe('work');
  });

  await test.step('remove', async () => {
    await toRow(window, 'work');
    await keyboard.press('Delete');
    await expect(dialog(window, 'Remove work?')).toBeVisible();
    await press(window, 'Remove');
    await expect(window.getByRole('dialog')).toBeHidden();
    expect((await listed()).map(({ name }) => name)).toEqual([expect.stringContaining('acme')]);
  });
});
