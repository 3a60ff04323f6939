import { expect, it } from 'vitest';
import { bundledProvider } from '../fakes/bundled-provider.ts';
import { emptySnapshot, fullSnapshot, connectionId } from '../fakes/window-data.ts';
import { windowBrowser } from './support/window-browser.ts';
import { focused, tabTo } from './support/window-keys.ts';
import { option } from './support/window-screens.ts';
import { CLIENT_ID, CLIENT_SECRET } from './support/window-setup-screens.ts';

const { open: openWindow } = windowBrowser();

it('acts on what the search shows, not on what it filtered out', async () => {
  const { page } = await openWindow(fullSnapshot(Date.now()));
  await option(page, 'acme').click();
  await page.keyboard.press('/');
  await page.keyboard.type('beta-docs');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F2');
  await page.getByRole('dialog', { name: 'Rename beta-docs' }).waitFor();
});

it('registers an OAuth client by keyboard alone, back to the step that was refused', async () => {
  const { page, core, context } = await openWindow({
    ...emptySnapshot(),
    providers: [bundledProvider('atlassian')],
  });
  const { keyboard } = page;
  await tabTo(page, 'button Connect account');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Register Tokentray with Atlassian' }).waitFor();
  await tabTo(page, 'a Open Atlassian’s developer console');
  await tabTo(page, 'input Read and change Jira and Confluence');
  await keyboard.press('ArrowDown');
  expect(await focused(page)).toMatch(/^input Read Jira and Confluence/);
  await tabTo(page, 'button Copy scopes of Jira API');
  await keyboard.press('Enter');
  await tabTo(page, 'input Redirect URI');
  await tabTo(page, 'button Copy redirect URI');
  await keyboard.press('Enter');
  await tabTo(page, 'input Client ID');
  await keyboard.type(CLIENT_ID);
  await tabTo(page, 'input Secret');
  await keyboard.type(CLIENT_SECRET);
  const opened = context.waitForEvent('page');
  await keyboard.press('Enter');
  await (await opened).close();
  await page.getByRole('dialog', { name: 'Waiting for your browser' }).waitFor();
  const [signIn] = core.snapshot.signIns;
  if (signIn === undefined) throw new Error('nobody signs in');
  const error = { code: 'misconfigured', message: 'No.', field: 'client-secret' } as const;
  core.push({ type: 'sign-in', signIn: { ...signIn, stage: { stage: 'failed', error } } });
  await page.getByText('The provider does not accept this secret.').waitFor();
  await expect.poll(() => focused(page)).toMatch(/^(input Secret|h2 )/);
  await tabTo(page, 'input Secret');
  await keyboard.type('another-made-up-secret');
  await tabTo(page, 'button Save and sign in');
});

it('does the whole main job by keyboard alone: first run, sign-in, copy, env file, show, rename, remove', async () => {
  const empty = emptySnapshot();
  const { page, core, context, complaints } = await openWindow({
    ...empty,
    settings: { ...empty.settings, firstRunDone: false },
  });
  const { keyboard } = page;
  await page.getByText('Welcome to Tokentray').waitFor();

  await tabTo(page, 'button Connect account');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Connect account' }).waitFor();
  await tabTo(page, 'button Change permissions');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'What should it be allowed to do?' }).waitFor();
  await tabTo(page, 'input What is usually needed');
  await keyboard.press('ArrowDown');
  expect(await focused(page)).toMatch(/^input Read only/);
  const opened = context.waitForEvent('page');
  await tabTo(page, 'button Continue in browser');
  await keyboard.press('Enter');
  await opened;
  await page.bringToFront();
  await page.getByRole('dialog', { name: 'Waiting for your browser' }).waitFor();
  await tabTo(page, 'input Or paste the callback address');
  await keyboard.type('http://127.0.0.1:7979/callback?code=x');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Choose a site' }).waitFor();
  await tabTo(page, 'input delta');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Connected' }).waitFor();

  await tabTo(page, 'button Use it');
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await tabTo(page, 'input File or folder of your project');
  await keyboard.type('/home/ana/project/.env');
  await keyboard.press('Enter');
  await page.getByText('~/project/.env is written and kept up to date.').waitFor();
  expect(core.snapshot.settings.firstRunDone).toBe(true);

  await tabTo(page, 'option delta-docs');
  await keyboard.press('Enter');
  await expect.poll(() => focused(page)).toBe('h2 delta-docs');
  await tabTo(page, 'button Copy token');
  await keyboard.press('Enter');
  await page.getByText('Copied the token of delta-docs – clears in 30 s').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(core.token);

  await tabTo(page, 'tab Use');
  await keyboard.press('ArrowRight');
  expect(await focused(page)).toBe('tab Token');
  await tabTo(page, 'button Show access token');
  await keyboard.press('Enter');
  await page.getByText(core.token).waitFor();

  await keyboard.press('/');
  await keyboard.type('delta');
  await keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toMatch(/^option delta-docs/);
  await keyboard.press('F2');
  await page.getByRole('dialog', { name: 'Rename delta-docs' }).waitFor();
  await expect.poll(() => focused(page)).toBe('input Name');
  await keyboard.press('Control+a');
  await keyboard.type('work');
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await keyboard.press('/');
  await keyboard.press('Escape');
  await option(page, 'work').waitFor();
  await keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toMatch(/^option work/);
  await keyboard.press('Delete');
  await page.getByRole('dialog', { name: 'Remove work?' }).waitFor();
  await tabTo(page, 'button Remove');
  await keyboard.press('Enter');
  await page.getByText('No accounts connected.').waitFor();
  expect(complaints).toEqual([]);
});

it('selects several, opens their menu, and returns the focus to the row', async () => {
  const { page, core } = await openWindow(fullSnapshot(Date.now()));
  const { keyboard } = page;
  await option(page, 'acme').click();
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+ArrowDown');
  await page.getByRole('heading', { name: '3 connections selected' }).waitFor();
  await keyboard.press('Shift+F10');
  await expect.poll(() => focused(page)).toBe('menuitem Refresh 3');
  await keyboard.press('Escape');
  await expect.poll(() => focused(page)).toMatch(/^option beta,/);
  await keyboard.press('ContextMenu');
  await expect.poll(() => focused(page)).toBe('menuitem Refresh 3');
  await keyboard.press('Enter');
  await page.getByText('3 connections refreshed.').waitFor();
  expect(core.calls.filter(({ name }) => name === 'connections.refresh').map(({ input }) => input)).toEqual(
    [1, 2, 3].map((n) => ({ connection: connectionId(n) })),
  );
  await keyboard.press('Delete');
  await page.getByRole('dialog', { name: 'Remove 3 connections?' }).waitFor();
  await keyboard.press('Escape');
  await expect.poll(() => focused(page)).toMatch(/^option beta,/);
  await keyboard.press('Escape');
  await page.getByRole('heading', { name: 'beta', exact: true }).waitFor();
  await keyboard.press('Control+a');
  await page.getByRole('heading', { name: '7 connections selected' }).waitFor();
});

it('has the keys of the desktop app there: sections by number, in the order of the sidebar', async () => {
  const snapshot = fullSnapshot(Date.now());
  const { page } = await openWindow({
    ...snapshot,
    status: { ...snapshot.status, host: 'electron', desktop: { tray: true, startsAtLogin: false } },
  });
  await option(page, 'acme').click();
  const headings = ['Env files', 'Gateway', 'Providers', 'Activity', 'Settings'];
  for (const [index, name] of headings.entries()) {
    await page.keyboard.press(`Control+${index + 2}`);
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  }
  await page.keyboard.press('Control+1');
  await expect.poll(() => focused(page)).toMatch(/^option acme,/);
  await page.keyboard.press('Control+n');
  await page.getByRole('dialog', { name: 'Connect account' }).waitFor();
});
