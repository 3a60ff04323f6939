import type { Locator, Page } from '@playwright/test';
import type { ConnectionView } from '../../contract/connection.ts';
import { replaceLabel } from '../../contract/method-words.ts';
import { WAY_WORDS } from '../../renderer/view/method-words.ts';
import { offeredBy, WAYS_IN, type InHand, type WayIn } from '../integration/support/ways-in.ts';
import { expect, test, type Desk, type Person } from './support/fixtures.ts';

const NAME = 'mine';

const PERSON: Person = { account: 'ana' };
/** Only there are sites to choose from. */
const personFor = ({ provider }: WayIn): Person =>
  provider === 'atlassian' ? { ...PERSON, sites: ['acme'] } : PERSON;

const startingWith = (text: string): RegExp => new RegExp(`^${text.replace(/[()]/g, '\\$&')}`);

const dialogOf = (window: Page): Locator => window.getByRole('dialog');
const submitOf = (window: Page): Locator => dialogOf(window).locator('button[type=submit]');

/** How it lasts, as the window says it; `dated`: an end was entered. */
const renewalOf = ({ grant, method }: WayIn, dated: boolean): RegExp => {
  if (method === 'oauth2')
    return grant === 'client-credentials'
      ? /^Renewed automatically with the client’s secret$/
      : /^Renewed automatically$/;
  return dated ? /^Can’t be renewed: ends on / : /^Can’t be renewed: no end date known$/;
};

/** What is left after the click that begins: the provider's page, a code, or a secret. Gives whether an end was entered. */
async function finish(desk: Desk, way: WayIn, hand: InHand, begin: () => Promise<void>): Promise<boolean> {
  const { window, driver } = desk;
  if (way.grant === 'authorization-code') {
    await desk.answer(personFor(way), begin);
    return false;
  }
  await begin();
  if (way.grant === 'client-credentials') return false;
  if (way.grant === 'device-code') {
    const page = await driver.opened(() => window.getByRole('link', { name: 'Open the page' }).click());
    await page.locator('input[name=account][value=ana]').check();
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The device is signed in');
    await page.close();
    return false;
  }
  const field = (name: string): Locator => dialogOf(window).locator(`input[name=${name}]`);
  await field('secret').waitFor();
  for (const name of ['site', 'username', 'secret'] as const) {
    const value = hand[name];
    if (value !== undefined && (await field(name).count()) > 0) await field(name).fill(value);
  }
  const end = window.getByRole('button', { name: '90 days' });
  const dated = (await end.count()) > 0;
  if (dated) await end.click();
  await submitOf(window).click();
  return dated;
}

/** Opens the form with provider and way picked, and what they need entered. */
async function fillForm(window: Page, providerName: string, way: WayIn, hand: InHand): Promise<void> {
  await window
    .getByRole('button', { name: /^Connect( account)?$/ })
    .first()
    .click();
  await window.getByRole('button', { name: 'Change provider' }).click();
  await window.getByRole('combobox', { name: 'Search providers' }).fill(providerName);
  const providers = window.getByRole('listbox', { name: 'Providers' }).getByRole('option');
  await providers.filter({ hasText: startingWith(providerName) }).click();
  const words = WAY_WORDS[way.method === 'oauth2' ? (way.grant ?? 'authorization-code') : way.method];
  const choice = dialogOf(window).getByLabel(words.name);
  if ((await choice.count()) > 0) await choice.check();
  if (hand.url !== undefined) await window.getByLabel('Address').fill(hand.url);
  if (hand.clientId !== undefined) {
    const clients = window.getByLabel('Client of the service account');
    const option = clients.locator('option', { hasText: hand.clientId });
    // The command line has just added it.
    await expect(option).toHaveCount(1);
    await clients.selectOption((await option.getAttribute('value')) ?? '');
  }
  await window.getByLabel('Name', { exact: true }).fill(NAME);
}

const fact = (window: Page, term: string): Locator => window.locator(`dt:text-is("${term}") + dd`);

async function inMenu(window: Page, item: RegExp): Promise<void> {
  await window.getByRole('button', { name: 'More', exact: true }).click();
  await window.getByRole('menuitem', { name: item }).click();
}

test('every way in connects, shows who and for how long, reconnects and is removed', async ({ desk }) => {
  test.setTimeout(600_000);
  const { app, window } = desk;
  const offered = await offeredBy(app);
  await app.sandbox('device', { intervalSeconds: 1 });
  const { providers } = (await app.cli(['providers', '--json'])).json() as {
    providers: { id: string; name: string }[];
  };

  for (const way of WAYS_IN)
    await test.step(way.title, async () => {
      const hand = way.has(offered);
      const providerName = providers.find(({ id }) => id === way.provider)?.name ?? '';
      if (hand.clientId !== undefined) {
        const add = ['clients', 'add', way.provider, '--client-id', hand.clientId, '--name', 'Bot'];
        expect((await app.cli(add, { input: hand.secret ?? '' })).code).toBe(0);
      }
      await fillForm(window, providerName, way, hand);
      const dated = await finish(desk, way, hand, () => submitOf(window).click());
      await expect(dialogOf(window)).toHaveAccessibleName(/ is connected$/);
      await dialogOf(window).getByRole('button', { name: 'Done' }).click();

      const [view] = (await app.cli(['list', '--json'])).json() as ConnectionView[];
      if (!view) throw new Error('nothing is connected');
      await window.getByRole('option', { name: /^mine,/ }).click();
      expect(view.account.name).not.toBe('');
      await expect(fact(window, 'Account')).toContainText(view.account.name);
      await expect(fact(window, 'Renewal')).toHaveText(renewalOf(way, dated));
      await expect(window.getByRole('option', { name: /^mine,.*Connected/ })).toBeVisible();

      await finish(desk, way, hand, () => inMenu(window, new RegExp(`^${replaceLabel(view)}`)));
      await expect(dialogOf(window)).toHaveAccessibleName('Reconnected');
      await dialogOf(window).getByRole('button', { name: 'Done' }).click();
      await expect(fact(window, 'Renewal')).toHaveText(renewalOf(way, dated));

      await inMenu(window, /^Remove/);
      await submitOf(window).click();
      await expect(window.getByRole('option', { name: /^mine,/ })).toHaveCount(0);
      expect((await app.cli(['list', '--json'])).json()).toEqual([]);
    });
});
