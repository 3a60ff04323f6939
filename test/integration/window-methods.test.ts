import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { CallInput } from '../../contract/calls.ts';
import type { SignInView } from '../../contract/sign-in.ts';
import type { FakeWindowCore } from '../fakes/fake-window-core.ts';
import {
  aSignInAt,
  enterCode,
  enterSecret,
  manyProviders,
  methodSnapshot,
  TOOLS,
} from '../fakes/method-screens.ts';
import { pageRemembers } from '../e2e/support/page-memory.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { windowBrowser } from './support/window-browser.ts';
import { METHOD_SCREENS } from './support/window-method-screens.ts';
import { button, tab } from './support/window-screens.ts';

const browser = windowBrowser();
const { open } = browser;
/** Made up; long enough to be looked for. */
const SECRET = 'ATATT3x-made-up-secret-0123456789';

/** Every tab that the page opens, also one that it closes at once. */
function tabsOf(context: BrowserContext): Page[] {
  const tabs: Page[] = [];
  context.on('page', (tabOpened) => tabs.push(tabOpened));
  return tabs;
}

const show = (core: FakeWindowCore, signIn: SignInView): void => {
  core.push({ type: 'sign-in', signIn });
};

/** A core whose sign-ins begin with this stage. */
function startsWith(core: FakeWindowCore, signIn: SignInView): CallInput<'sign-in.start'>[] {
  const asked: CallInput<'sign-in.start'>[] = [];
  core.answers['sign-in.start'] = (input) => {
    asked.push(input);
    show(core, signIn);
    return { value: signIn };
  };
  return asked;
}

it('finds one of forty providers by what is typed', async () => {
  const now = Date.now();
  const { page, complaints } = await open(methodSnapshot(now, { providers: manyProviders() }));
  await button(page, 'Connect').click();
  await button(page, 'Change provider').click();
  const search = page.getByRole('combobox', { name: 'Search providers' });
  await search.fill('service 17');
  await search.press('Enter');
  await expect.poll(() => page.getByRole('dialog').textContent()).toContain('Service 17');
  expect(complaints).toEqual([]);
});

it('asks a service account for its client, and for no permissions', async () => {
  const now = Date.now();
  const { core, page } = await open(methodSnapshot(now));
  const asked = startsWith(core, aSignInAt({ stage: 'exchanging', notice: null }, now));
  await button(page, 'Connect').click();
  await page.getByRole('radio', { name: 'Service account' }).check();
  expect(await page.getByLabel('Permissions').count()).toBe(0);
  // The one that such a connection already uses comes first; a client without a secret is no choice.
  expect(await page.getByLabel('Client of the service account').locator('option').allTextContents()).toEqual([
    'Build robot (robot-1)',
    'Acme tools (Qx7aBcDeFgHiJkLm)',
  ]);
  await page.getByLabel('Client of the service account').selectOption(TOOLS.id);
  await page.getByRole('dialog').getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('dialog', { name: 'Signing in…' }).waitFor();
  expect(asked).toMatchObject([
    { provider: 'cloud', method: 'oauth2', grant: 'client-credentials', client: TOOLS.id },
  ]);
  expect(asked[0]).not.toHaveProperty('scopes');
});

it('a pasted secret reaches the core, and stays nowhere in the page', async () => {
  const now = Date.now();
  const { core, page, context } = await open(methodSnapshot(now));
  const tabs = tabsOf(context);
  const signIn = aSignInAt(enterSecret(now), now);
  const asked = startsWith(core, signIn);
  let refuse = true;
  core.answers['sign-in.answer'] = ({ values }) => {
    expect(values).toMatchObject({
      secret: SECRET,
      username: 'ana@acme.example',
      site: 'https://acme.example',
    });
    const error = {
      code: 'denied' as const,
      message: 'Example Cloud does not accept this.',
      hint: 'Create a new one and paste it.',
      field: 'secret',
    };
    if (refuse) {
      show(core, aSignInAt(enterSecret(now, { error }), now));
      return { error };
    }
    const done = aSignInAt({ stage: 'done', connection: methodSnapshot(now).connections[4]!.id }, now);
    show(core, done);
    return { value: done };
  };
  await button(page, 'Connect').click();
  await page.getByLabel('API token').check();
  await button(page, 'Continue').click();
  // No tab was opened for it.
  expect(tabs).toEqual([]);
  expect(asked).toMatchObject([{ method: 'api-token' }]);
  const secret = page.getByLabel('API token');
  // What other connections tell is filled in; the focus is on what is left.
  await expect.poll(() => secret.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await page.getByLabel('E-mail address').inputValue()).toBe('ana@acme.example');
  expect(await secret.getAttribute('type')).toBe('password');
  await button(page, 'Show what you typed').click();
  expect(await secret.getAttribute('type')).toBe('text');

  // Nothing is sent while something is missing.
  await page.getByRole('dialog').getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText('API token is missing.').waitFor();
  expect(core.calls.filter(({ name }) => name === 'sign-in.answer')).toEqual([]);

  // Typed as a person would: what fills a field for a test remembers the text itself.
  await secret.focus();
  await page.keyboard.insertText(SECRET);
  await page.keyboard.press('Enter');
  await page.getByText('Example Cloud does not accept this. Create a new one and paste it.').waitFor();
  expect(await secret.getAttribute('aria-invalid')).toBe('true');
  await expect.poll(() => secret.evaluate((input) => input === document.activeElement)).toBe(true);
  const remembered = () =>
    page.evaluate(
      () =>
        document.documentElement.outerHTML +
        JSON.stringify([...document.querySelectorAll('input')].map(({ value }) => value)) +
        JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), location.href]),
    );
  expect(await remembered()).not.toContain(SECRET);

  await expect.poll(() => pageRemembers(page, SECRET), { timeout: 20_000 }).toBe(false);

  refuse = false;
  await secret.focus();
  await page.keyboard.insertText(SECRET);
  expect(await pageRemembers(page, SECRET)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Connected' }).waitFor();
  expect(await remembered()).not.toContain(SECRET);
  await expect.poll(() => pageRemembers(page, SECRET), { timeout: 20_000 }).toBe(false);
  await page.getByText('is ready. Can’t be renewed: ends on').waitFor();
});

it('sets the end of a token by its lifetime, and refuses one in the past', async () => {
  const now = Date.now();
  const { core, page } = await open(methodSnapshot(now));
  startsWith(core, aSignInAt(enterSecret(now), now));
  await button(page, 'Connect').click();
  await page.getByLabel('API token').check();
  await button(page, 'Continue').click();
  const end = page.getByLabel('Ends on (optional)');
  await button(page, '90 days').click();
  const days = (Date.parse(`${await end.inputValue()}T12:00`) - now) / 86_400_000;
  expect(Math.round(days)).toBe(90);
  await button(page, 'No end').click();
  expect(await end.inputValue()).toBe('');
  await end.fill('2020-01-31');
  await page.getByLabel('API token').fill(SECRET);
  await page.getByLabel('API token').press('Enter');
  await page.getByText('This date is in the past.').waitFor();
  // It was not sent, so it need not be pasted again.
  expect(await page.getByLabel('API token').inputValue()).toBe(SECRET);
});

it('Esc cancels a sign-in that waits for a secret', async () => {
  const now = Date.now();
  const { core, page } = await open(methodSnapshot(now));
  const signIn = aSignInAt(enterSecret(now), now);
  startsWith(core, signIn);
  await button(page, 'Connect').click();
  await page.getByLabel('API token').check();
  await button(page, 'Continue').click();
  await page.getByLabel('E-mail address').waitFor();
  await page.keyboard.press('Escape');
  await expect
    .poll(() => core.calls.filter(({ name }) => name === 'sign-in.cancel'))
    .toEqual([{ name: 'sign-in.cancel', input: { signIn: signIn.id } }]);
});

it('a code is shown large, copied, and its page is a link', async () => {
  const now = Date.now();
  const { core, page, context } = await open(methodSnapshot(now));
  show(core, aSignInAt(enterCode(now), now));
  await button(page, 'Show sign-in').click();
  await page.getByRole('dialog').getByText('WDJB-MJHT', { exact: true }).waitFor();
  await button(page, 'Copy code').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('WDJB-MJHT');
  const link = page.getByRole('link', { name: 'Open the page' });
  expect(await link.getAttribute('href')).toBe('https://acme.example/device?user_code=WDJB-MJHT');
  expect(context.pages()).toHaveLength(1);
});

it('requests other permissions for a connection, and says which others that concerns', async () => {
  const now = Date.now();
  const { core, page } = await open(methodSnapshot(now));
  const asked = startsWith(core, aSignInAt({ stage: 'exchanging', notice: null }, now));
  await page.getByRole('option', { name: 'browser,' }).click();
  await tab(page, 'Permissions').click();
  await button(page, 'Change permissions…').click();
  await page.getByText('the permissions of second may change too').waitFor();
  await page.getByRole('radio', { name: 'Old scopes only' }).check();
  await page.getByText('Pages cannot be read with it').waitFor();
  await button(page, 'Show all permissions').click();
  await page.getByRole('searchbox', { name: 'Search 5 permissions' }).fill('read:odd, read:odd');
  await button(page, 'Ask for read:odd by name').click();
  expect(await page.getByRole('radio', { name: 'Your own choice' }).isChecked()).toBe(true);
  await page.getByRole('dialog').getByRole('button', { name: 'Reconnect' }).click();
  await page.getByRole('dialog', { name: 'Signing in…' }).waitFor();
  expect(asked).toMatchObject([
    { scopes: ['profile', 'offline_access', 'read:work', 'read:old-page', 'read:odd'] },
  ]);
});

it('a connection from before tells that it has fewer permissions than a new one', async () => {
  const { page } = await open(methodSnapshot(Date.now()));
  await page.getByRole('option', { name: 'from before,' }).click();
  await page
    .getByText(/fewer permissions than the default\. Missing: May write work; May read page\. Pages cannot/)
    .waitFor();
  await button(page, 'Reconnect to add them…').click();
  await page.getByRole('dialog', { name: 'What should from before be allowed to do?' }).waitFor();
});

it('removing tells which other connections a revocation would end', async () => {
  const { page } = await open(methodSnapshot(Date.now()));
  await page.getByRole('option', { name: 'browser,' }).click();
  await page.keyboard.press('Delete');
  expect(await page.getByRole('list', { name: 'Connections that end too' }).textContent()).toBe('second');
});

it('a pasted token is replaced, not reconnected, and opens no tab', async () => {
  const now = Date.now();
  const { core, page, context } = await open(methodSnapshot(now));
  const tabs = tabsOf(context);
  const ended = methodSnapshot(now).connections[6]!;
  startsWith(core, aSignInAt(enterSecret(now), now, { reconnects: ended.id }));
  await page.getByRole('option', { name: 'ended,' }).click();
  await button(page, 'Replace token').click();
  await page.getByRole('dialog', { name: 'Replace the API token of ended' }).waitFor();
  expect(tabs).toEqual([]);
});

describe.concurrent('every screen of the ways to sign in', () => {
  it.each(METHOD_SCREENS)('has no finding: $name', (screen) => expectAccessible(browser, screen));
});
