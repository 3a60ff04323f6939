import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startApp, type RunningApp } from './support/app.ts';
import { inSight } from './support/in-sight.ts';
import { pageRemembers } from './support/page-memory.ts';

const dialogOf = (page: Page): Locator => page.getByRole('dialog');

let app: RunningApp;
test.beforeEach(async () => {
  app = await startApp(['--session-only', '--sandbox-unregistered']);
});
test.afterEach(() => app.stop());

test('a client secret is in the page while it is typed, and nowhere once it is saved', async ({ page }) => {
  test.setTimeout(120_000);
  const secret = `ATOA${randomBytes(24).toString('hex')}`;
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Connect account' }).first().click();
  await dialogOf(page).getByLabel('Client ID').fill('a'.repeat(32));
  const field = dialogOf(page).getByLabel('Secret', { exact: true });
  await expect(field).toHaveAttribute('type', 'password');
  await expect(field).toHaveAttribute('autocomplete', /^(off|new-password)$/);
  await field.fill(secret);
  // What is looked for below is found where it is.
  expect(await inSight(page)).toContain(secret);
  expect(await page.content()).not.toContain(secret);
  const opened = page.context().waitForEvent('page');
  await dialogOf(page).locator('button[type=submit]').click();
  const provider = await opened;
  await provider.waitForLoadState();
  expect(provider.url()).not.toContain(secret);
  await provider.close();
  await expect(dialogOf(page).getByText('Did Atlassian Cloud show an error?')).toBeVisible();
  await page.keyboard.press('Escape');
  const nowhere = async (): Promise<void> => {
    expect(await inSight(page)).not.toContain(secret);
    await expect.poll(() => pageRemembers(page, secret), { timeout: 20_000 }).toBe(false);
  };
  await nowhere();

  // Nor does what is open afterwards get it back.
  const said: string[] = [];
  for (const command of ['clients list', 'doctor', 'log', 'status']) {
    const { stdout, stderr } = await app.cli([...command.split(' '), '--sandbox', '--json']);
    said.push(stdout, stderr);
  }
  expect(said.join('\n')).toContain('a'.repeat(32));
  expect(said.join('\n')).not.toContain(secret);
  const logs = path.join(app.home, 'sandbox', 'logs');
  for (const name of readdirSync(logs))
    expect(readFileSync(path.join(logs, name), 'utf8')).not.toContain(secret);
  await page.reload();
  await nowhere();
});
