import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './support/fixtures.ts';

test('connect with a click, copy, and keep a file fresh', async ({ desk }) => {
  const { app, driver, window } = desk;
  await expect(window.getByText('No accounts connected.')).toBeVisible();
  await desk.connect({ account: 'ana', sites: ['acme'] });
  await expect(window.getByRole('dialog', { name: 'Connected' })).toBeVisible();

  await window.getByRole('button', { name: 'Add env file' }).last().click();
  const dialog = window.getByRole('dialog', { name: 'Add env file' });
  const file = path.join(app.home, 'my.env');
  await dialog.getByLabel('File').fill(file);
  await dialog.getByRole('button', { name: 'Add env file' }).click();
  await expect(dialog).toBeHidden();
  const token = (await app.cli(['get'])).stdout.trim();
  expect(readFileSync(file, 'utf8')).toContain(`ATLASSIAN_ACCESS_TOKEN=${token}\n`);

  await window.getByRole('button', { name: 'Copy token' }).click();
  await expect(window.getByRole('status', { name: 'Notice' })).toContainText('clears in 30 s');
  expect(await driver.clipboard()).toBe(token);

  // The token is nowhere in the page: not in its text, its storage, or the state that React holds.
  expect(await window.content()).not.toContain(token);
  expect(await window.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);

  await window.getByRole('button', { name: 'Refresh' }).click();
  await expect.poll(() => readFileSync(file, 'utf8')).not.toContain(token);
  const renewed = (await app.cli(['get'])).stdout.trim();
  expect(renewed).not.toBe(token);
  await expect.poll(() => readFileSync(file, 'utf8')).toContain(renewed);
});

test('a second account, and switching which one scripts follow', async ({ desk }) => {
  const { app, window } = desk;
  await desk.connect({ account: 'ana', sites: ['acme'] });
  await window.getByRole('button', { name: 'Done' }).click();
  const file = path.join(app.home, 'active.env');
  expect((await app.cli(['export', 'add', file])).code).toBe(0);
  await desk.connect({ account: 'ben', sites: ['beta'] });
  await window.getByRole('button', { name: 'Done' }).click();

  const rows = window.getByRole('option');
  await expect(rows).toHaveCount(2);
  await expect(window.getByRole('option', { name: /^acme.*active/ })).toBeVisible();
  expect(readFileSync(file, 'utf8')).toContain('acme.atlassian.net');

  await window.getByRole('option', { name: /^beta/ }).click();
  await window.getByRole('button', { name: 'More' }).click();
  await window.getByRole('menuitem', { name: 'Make active' }).click();
  await expect(window.getByRole('option', { name: /^beta.*active/ })).toBeVisible();
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('beta.atlassian.net');
});

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

test('reconnect keeps name, files and place, and warns when another account comes back', async ({ desk }) => {
  const { app, window } = desk;
  await desk.connect({ account: 'ana', sites: ['acme'] });
  await window.getByRole('button', { name: 'Done' }).click();
  const [before] = (await app.cli(['list', '--json'])).json() as [{ id: string }];
  await app.sandbox('revoke-all', {});
  await window.getByRole('button', { name: 'Refresh' }).click();
  await expect(window.getByRole('option', { name: /Needs reconnect/ })).toBeVisible();
  expect((await app.cli(['get'])).code).toBe(4);

  await desk.answer({ account: 'ben', sites: ['acme'] }, () =>
    window.getByRole('button', { name: 'Reconnect' }).click(),
  );
  const warning = window.getByRole('dialog', { name: 'Another account came back' });
  await expect(warning).toContainText('ben@beta.example');
  await warning.getByRole('button', { name: 'Cancel' }).click();
  await expect(window.getByRole('option', { name: /ana@acme.example/ })).toBeVisible();

  await desk.answer({ account: 'ana', sites: ['acme'] }, () =>
    window.getByRole('button', { name: 'Reconnect' }).click(),
  );
  await expect(window.getByRole('dialog', { name: 'Reconnected' })).toBeVisible();
  await window.getByRole('button', { name: 'Done' }).click();
  await expect(window.getByRole('option', { name: /^acme.*, Connected/ })).toBeVisible();
  const after = (await app.cli(['list', '--json'])).json() as { id: string }[];
  expect(after.map(({ id }) => id)).toEqual([before.id]);
});

test('offline is not dead: the token stays, and it comes back by itself', async ({ desk }) => {
  const { app, window } = desk;
  await desk.connect({ account: 'ana', sites: ['acme'] });
  await window.getByRole('button', { name: 'Done' }).click();
  await app.sandbox('down', { mode: 'reset' });
  await window.getByRole('button', { name: 'Refresh' }).click();
  await expect(window.getByRole('option', { name: /Offline/ })).toBeVisible();
  expect((await app.cli(['get'])).code).toBe(0);
  await app.sandbox('fair', {});
  // It may have come back by itself meanwhile, and the button with it.
  await window
    .getByRole('button', { name: 'Retry' })
    .click({ timeout: 3000 })
    .catch(() => undefined);
  await expect(window.getByRole('option', { name: /, Connected/ })).toBeVisible();
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

test('rename and remove, with the files that use it named', async ({ desk }) => {
  const { app, window } = desk;
  await desk.connect({ account: 'ana', sites: ['acme'] });
  await window.getByRole('button', { name: 'Done' }).click();
  const file = path.join(app.home, 'named.env');
  expect((await app.cli(['export', 'add', file, '--connection', 'acme'])).code).toBe(0);
  await window.getByRole('button', { name: 'More' }).click();
  await window.getByRole('menuitem', { name: 'Rename…' }).click();
  await window.getByRole('textbox', { name: 'Name' }).fill('work “main” 🦊');
  await window.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(window.getByRole('option', { name: /work “main” 🦊/ })).toBeVisible();

  await window.getByRole('button', { name: 'More' }).click();
  await window.getByRole('menuitem', { name: 'Remove…' }).click();
  await expect(window.getByRole('dialog')).toContainText(file);
  await window.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(window.getByText('No accounts connected.')).toBeVisible();
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

  await part('Scopes');
  await expect(window.getByRole('list', { name: 'Scopes' })).toContainText('read:jira-work');
  await part('Sites');
  await window.getByRole('button', { name: /^Use acme/ }).click();
  await expect(window.getByRole('status', { name: 'Notice' })).toContainText('now uses');
  await window.getByRole('button', { name: 'Refresh', exact: true }).click();
  await part('Activity');
  await expect(window.getByRole('list', { name: 'Activity' })).toContainText('has a new access token');
});
