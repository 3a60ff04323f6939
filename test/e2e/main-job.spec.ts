import { expect, test } from './support/fixtures.ts';

test('several sites: the window asks which one', async ({ desk }) => {
  const { window } = desk;
  await desk.connect({ account: 'ana', sites: ['acme', 'acme-sandbox'] });
  const dialog = window.getByRole('dialog', { name: 'Choose a site' });
  await dialog.getByLabel(/acme-sandbox/).check();
  await dialog.getByRole('button', { name: 'Use this site' }).click();
  await expect(window.getByRole('dialog', { name: 'Connected' })).toBeVisible();
  await window.getByRole('button', { name: 'Done' }).click();
  await expect(window.getByRole('option', { name: /acme-sandbox\.atlassian\.net/ })).toBeVisible();
});

test('denied: the window says so and nothing is kept', async ({ desk }) => {
  const { window } = desk;
  await desk.connect({ account: 'ana', decision: 'Deny' });
  await expect(window.getByRole('dialog', { name: 'Not connected' })).toBeVisible();
  await window.getByRole('button', { name: 'Close' }).click();
  await expect(window.getByText('No accounts connected.')).toBeVisible();
});

test('cancelled: the sign-in ends and its callback is worth nothing', async ({ desk }) => {
  const { app, driver, window } = desk;
  await window.getByRole('button', { name: 'Connect account' }).click();
  const provider = await driver.opened(() =>
    window.getByRole('button', { name: 'Continue in browser' }).click(),
  );
  await provider.waitForLoadState();
  await window.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(window.getByRole('dialog')).toBeHidden();
  // The person allows it all the same, in the tab that is still open; nobody listens any more.
  await provider
    .getByRole('button', { name: 'Allow' })
    .click()
    .catch(() => undefined);
  expect((await app.cli(['list', '--json'])).json()).toEqual([]);
});

test('pasting the callback address works where the browser cannot call back', async ({ desk }) => {
  const { app, driver, window } = desk;
  await window.getByRole('button', { name: 'Connect account' }).click();
  const provider = await driver.opened(() =>
    window.getByRole('button', { name: 'Continue in browser' }).click(),
  );
  await provider.waitForLoadState();
  // As on another machine: the redirect goes nowhere, only the address bar has it.
  let callback = '';
  await provider.route('**/authorize*', async (route) => {
    if (route.request().method() !== 'POST') {
      await route.continue();
      return;
    }
    const answer = await route.fetch({ maxRedirects: 0 });
    callback = answer.headers()['location'] ?? '';
    await route.fulfill({ status: 200, body: 'This site can’t be reached' });
  });
  await provider.getByRole('button', { name: 'Allow' }).click();
  await expect.poll(() => callback).toContain('code=');
  const dialog = window.getByRole('dialog');
  await dialog
    .getByLabel(/paste the callback address/i)
    .fill('http://127.0.0.1:1/callback?code=forged&state=forged');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel(/paste the callback address/i).fill(callback);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(window.getByRole('dialog', { name: 'Connected' })).toBeVisible();
  expect(((await app.cli(['list', '--json'])).json() as object[]).length).toBe(1);
});

test('the parts of a connection: token shown and hidden, scopes, sites, what happened', async ({ desk }) => {
  const { app, window } = desk;
  await desk.connect({ account: 'ana', sites: ['acme', 'acme-sandbox'] });
  await window.getByRole('dialog').getByRole('button', { name: 'Use this site' }).click();
  await window.getByRole('button', { name: 'Done' }).click();
  const token = (await app.cli(['get'])).stdout.trim();
  const part = (name: string) => window.getByRole('tab', { name }).click();

  await part('Token');
  await window.getByRole('button', { name: 'Show access token' }).click();
  await expect(window.getByRole('textbox', { name: 'Access token' })).toHaveText(token);
  await window.getByRole('button', { name: 'Hide access token' }).click();
  expect(await window.content()).not.toContain(token);

  await part('Permissions');
  await expect(window.getByRole('list', { name: 'Permissions of Jira' })).toContainText('read:jira-work');
  await part('Sites');
  await window.getByRole('button', { name: /^Use acme/ }).click();
  await expect(window.getByRole('status', { name: 'Notice' })).toContainText('now uses');
  await window.getByRole('button', { name: 'More', exact: true }).click();
  await window.getByRole('menuitem', { name: 'Refresh', exact: true }).click();
  await part('Overview');
  await window.locator('summary', { hasText: /^Sign-in/ }).click();
  await expect(window.getByText(/^just\snow · /)).toBeVisible();
  await part('Activity');
  await expect(window.getByRole('list', { name: 'Activity' })).toContainText('has a new access token');
});
