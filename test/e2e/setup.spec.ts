import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { startApp, type RunningApp } from './support/app.ts';
import { keepFaults } from './support/page-faults.ts';

/** The page that a click opens beside the window. */
async function opened(context: BrowserContext, click: () => Promise<void>): Promise<Page> {
  const page = context.waitForEvent('page');
  await click();
  return page;
}

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
const dialogOf = (page: Page): Locator => page.getByRole('dialog');
const submit = (page: Page): Locator => dialogOf(page).locator('button[type=submit]');
/** The step of the guide that is marked. */
const atFault = (page: Page): Locator => dialogOf(page).locator('li[data-fault] h3');

/** The provider refuses on a page of its own: the person says which of the causes it names. */
async function sayWhatWasRefused(page: Page, provider: Page, heading: string, cause: RegExp): Promise<void> {
  await expect(provider.getByRole('heading', { level: 1 })).toHaveText(heading);
  await provider.close();
  await dialogOf(page).getByText('Did Atlassian Cloud show an error?').click();
  await dialogOf(page).getByRole('button', { name: cause }).click();
}

/** In the console: what the person copied, where it belongs. */
async function inConsole(console: Page, tab: string, fill: () => Promise<void>): Promise<void> {
  await console.bringToFront();
  await console.getByRole('navigation').getByRole('link', { name: tab }).click();
  await fill();
  await console.getByRole('button', { name: /^Save/ }).click();
  await expect(console.getByRole('status')).toHaveText('Saved.');
}

/** Copies the scopes of each group, and pastes them where the console has that group. */
async function addScopes(page: Page, console: Page): Promise<void> {
  const groups = dialogOf(page)
    .getByRole('list', { name: 'Scopes to add in the console' })
    .getByRole('listitem');
  for (const group of await groups.all()) {
    await page.bringToFront();
    const place = (await group.locator('span').first().textContent()) ?? '';
    await group.getByRole('button', { name: /^Copy/ }).click();
    await expect(group.getByRole('button', { name: /^Copied/ })).toBeVisible();
    const scopes = await clipboard(page);
    await inConsole(console, 'Permissions', async () => {
      const part = console.locator('details', { hasText: place });
      if ((await part.getAttribute('open')) === null) await part.locator('summary').click();
      await part.getByLabel('Paste scopes to add').fill(scopes);
    });
  }
}

async function allow(provider: Page): Promise<void> {
  await provider.locator('input[name=account][value=chloe]').check();
  await provider.getByRole('button', { name: 'Allow' }).click();
}

test.describe('an app that nobody has registered yet', () => {
  let app: RunningApp;
  const faults: string[] = [];

  test.beforeEach(async () => {
    app = await startApp(['--session-only', '--sandbox-unregistered']);
  });
  test.afterEach(async () => {
    await app.stop();
    expect(faults).toEqual([]);
  });

  test('is set up with nothing but the guide and the console, each refusal leading back to its step', async ({
    context,
  }) => {
    test.setTimeout(120_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    keepFaults(page, faults);
    await page.goto(app.url);
    await page.getByRole('button', { name: 'Connect account' }).first().click();
    await expect(dialogOf(page)).toHaveAccessibleName('Register Tokentray with Atlassian Cloud');

    const console = await opened(context, () =>
      page.getByRole('link', { name: /^Open the sandbox/ }).click(),
    );
    await console.getByLabel('Name').fill('My scripts');
    await console.getByRole('button', { name: 'Create' }).click();
    await console.getByRole('link', { name: 'Settings' }).click();
    const clientId = await console.getByRole('textbox', { name: 'Client ID' }).inputValue();
    const secret = await console.getByRole('textbox', { name: 'Secret' }).inputValue();
    await page.bringToFront();
    await expect(dialogOf(page).getByText(/Opened \d/)).toBeVisible();
    await expect(dialogOf(page).getByText(/^Port \d+ is free$/)).toBeVisible();

    await test.step('what was pasted into the wrong field is seen in its place', async () => {
      const id = dialogOf(page).getByLabel('Client ID');
      const field = dialogOf(page).getByLabel('Secret', { exact: true });
      await id.fill(clientId);
      await field.fill(clientId);
      await submit(page).click();
      await expect(field).toHaveAccessibleDescription(/This is the client ID again/);
      await expect(field).toBeFocused();
      await field.fill('not-the-secret-of-this-app');
      await id.focus();
      await expect(dialogOf(page).getByText('Looks right')).toBeVisible();
    });

    await test.step('the redirect URI is not registered', async () => {
      const provider = await opened(context, () => submit(page).click());
      await sayWhatWasRefused(page, provider, 'Callback not registered', /redirect URI/);
      await expect(atFault(page)).toHaveText('Set the redirect URI');
      await expect(dialogOf(page).getByLabel('Client ID')).toHaveValue(clientId);
      await expect(dialogOf(page).getByText('Kept in memory')).toBeVisible();
      await dialogOf(page).getByRole('button', { name: 'Copy redirect URI' }).click();
      const address = await clipboard(page);
      await inConsole(console, 'Authorization', () => console.getByLabel('Callback URL').fill(address));
      await page.bringToFront();
    });

    await test.step('a permission is not enabled', async () => {
      const provider = await opened(context, () => submit(page).click());
      await sayWhatWasRefused(page, provider, 'Something went wrong', /scope or permission/);
      await expect(atFault(page)).toHaveText('Choose what you want to do');
      await addScopes(page, console);
      await page.bringToFront();
    });

    await test.step('the person does not allow it', async () => {
      const provider = await opened(context, () => submit(page).click());
      await provider.locator('input[name=account][value=chloe]').check();
      await provider.getByRole('button', { name: 'Deny' }).click();
      await page.bringToFront();
      await expect(dialogOf(page).getByText('Access was denied', { exact: false })).toBeVisible();
      await expect(atFault(page)).toHaveCount(0);
      await provider.close();
    });

    await test.step('the secret is wrong', async () => {
      const provider = await opened(context, () => submit(page).click());
      await allow(provider);
      await page.bringToFront();
      await expect(atFault(page)).toHaveText('Paste client ID and secret');
      const field = dialogOf(page).getByLabel('Secret', { exact: true });
      await expect(field).toHaveAccessibleDescription(/does not accept this secret/);
      await expect(field).toBeFocused();
      await provider.close();
      await field.fill(secret);
    });

    const provider = await opened(context, () => submit(page).click());
    await allow(provider);
    await page.bringToFront();
    await expect(dialogOf(page)).toHaveAccessibleName('acme is connected');
    await page.keyboard.press('Escape');
    const connection = page.getByRole('option', { name: /^acme,/ });
    await expect(connection).toBeVisible();

    await test.step('a secret that was rotated is replaced, and the connection goes on by itself', async () => {
      await console.bringToFront();
      await console.getByRole('link', { name: 'Settings' }).click();
      await console.getByRole('button', { name: 'Rotate secret' }).click();
      const rotated = await console.getByRole('textbox', { name: 'Secret' }).inputValue();
      expect(rotated).not.toBe(secret);
      expect((await app.cli(['refresh', 'acme', '--sandbox'])).code).not.toBe(0);
      await page.bringToFront();
      await connection.click();
      await page.getByRole('button', { name: 'Edit OAuth client' }).click();
      await expect(dialogOf(page).getByLabel('Client ID')).not.toBeEditable();
      await dialogOf(page).getByRole('button', { name: 'Replace…' }).click();
      await dialogOf(page).getByLabel('Secret', { exact: true }).fill(rotated);
      await submit(page).click();
      await expect(page.getByRole('option', { name: /^acme,.*Connected/ })).toBeVisible();
    });
    expect(await page.content()).not.toContain(secret);
  });
});
