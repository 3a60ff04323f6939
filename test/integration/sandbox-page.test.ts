import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumOptions } from '../../build/chromium.ts';
import { systemClock } from '../../main/lib/clock.ts';
import { SANDBOX_PEOPLE } from '../../main/sandbox/people.ts';
import { startSandbox, type Sandbox } from '../../main/sandbox/start-sandbox.ts';
import { authorizeAddress } from './support/sandbox-sign-in.ts';

let browser: Browser;
let sandbox: Sandbox;
/** Stands for the app that waits for the callback; it remembers the addresses that were asked for. */
let app: Server;
let redirectUri: string;
const callbacks: URL[] = [];

beforeAll(async () => {
  browser = await chromium.launch(chromiumOptions());
  sandbox = await startSandbox({ clock: systemClock });
  app = createServer((request, response) => {
    callbacks.push(new URL(request.url ?? '', redirectUri));
    response.end('back at the app');
  }).listen(0, '127.0.0.1');
  await once(app, 'listening');
  redirectUri = `http://127.0.0.1:${(app.address() as AddressInfo).port}/callback`;
});

afterAll(async () => {
  await browser.close();
  await sandbox.dispose();
  app.close();
  app.closeAllConnections();
});

async function withPage(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    await use(page);
    // Above all, what the content security policy refused; an error page's own status is no fault of the page.
    expect(faults.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  } finally {
    await context.close();
  }
}

/** The last callback address; the favicon that Chromium asks for is none. */
const lastCallback = (): URLSearchParams =>
  callbacks.findLast(({ pathname }) => pathname === '/callback')!.searchParams;

test('without scripts: pick another account and site, allow, and arrive at the app with a code', async () => {
  const { url, state } = authorizeAddress(sandbox, { redirectUri });
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url);
    expect(await page.getByRole('banner').textContent()).toBe(
      'Tokentray sandbox – a stand-in, not Atlassian',
    );
    expect(await page.getByRole('radio', { name: 'Ana Keller' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'acme', exact: true }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: 'Ben Okoro' }).check();
    await page.getByRole('checkbox', { name: 'beta' }).uncheck();
    await page.getByRole('checkbox', { name: 'acme', exact: true }).check();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('back at the app').waitFor();
  });
  expect(lastCallback().get('state')).toBe(state);
  expect(lastCallback().get('code')).toMatch(/^[\w-]{43}$/);
  const acme = SANDBOX_PEOPLE[0]!.sites[0]!.cloudId;
  expect(sandbox.control.view().grants).toMatchObject([{ account: 'ben', sites: [acme] }]);
});

test('without scripts: deny', async () => {
  const { url, state } = authorizeAddress(sandbox, { redirectUri });
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url);
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('back at the app').waitFor();
  });
  expect(lastCallback().get('error')).toBe('access_denied');
  expect(lastCallback().get('state')).toBe(state);
});

test('by keyboard alone: arrow to an account, Enter allows', async () => {
  const { url } = authorizeAddress(sandbox, { redirectUri, overrides: { login_hint: 'noor' } });
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByText('back at the app').waitFor();
  });
  expect(lastCallback().has('code')).toBe(true);
  expect(sandbox.control.view().grants).toContainEqual(expect.objectContaining({ account: 'chloe' }));
});

test('the home page copies a token', async () => {
  const permissions = ['clipboard-read', 'clipboard-write'];
  await withPage({ permissions }, async (page) => {
    await page.goto(sandbox.url);
    await page.getByText('API tokens of Atlassian Cloud').click();
    await page.getByRole('button', { name: 'Copy: Token' }).first().click();
    await page.getByText('Copied').waitFor();
    const { token } = sandbox.control.credentials().apiTokens[0]!;
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  });
});

test('without scripts: a device is approved, and a CAPTCHA solved', async () => {
  const form = { client_id: 'tokentray-sandbox-openid', scope: 'profile' };
  const begin = { method: 'POST', body: new URLSearchParams(form) };
  const started = (await (await fetch(`${sandbox.url}/openid/device_authorization`, begin)).json()) as {
    user_code: string;
    verification_uri: string;
  };
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(started.verification_uri);
    await page.getByLabel('Code').fill(started.user_code);
    await page.getByRole('radio', { name: 'Chloé Dubois' }).check();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('heading', { name: 'The device is signed in' }).waitFor();
    await page.goto(`${sandbox.url}/bamboo/login.jsp`);
    await page.getByRole('button', { name: 'ben' }).click();
    await page.getByRole('heading', { name: 'Logged in' }).waitFor();
  });
});

test.each([
  ['light', 'sign in', () => authorizeAddress(sandbox, { redirectUri }).url, 1280],
  ['dark', 'sign in', () => authorizeAddress(sandbox, { redirectUri }).url, 1280],
  [
    'light',
    'sign in, long names',
    () => authorizeAddress(sandbox, { overrides: { login_hint: 'leila' } }).url,
    320,
  ],
  ['dark', 'refused', () => authorizeAddress(sandbox, { overrides: { client_id: 'x' } }).url, 640],
  ['light', 'home', () => sandbox.url, 640],
  ['dark', 'home', () => sandbox.url, 320],
  ['light', 'device', () => `${sandbox.url}/openid/device`, 320],
  ['dark', 'log in', () => `${sandbox.url}/jira/login.jsp`, 320],
] as const)(
  '%s, %s: no axe finding and nothing wider than the window',
  async (colorScheme, name, url, width) => {
    await withPage({ colorScheme, viewport: { width, height: 900 } }, async (page) => {
      await page.goto(url());
      for (const summary of await page.locator('summary').all()) await summary.click();
      const shots = process.env['TOKENTRAY_SHOTS'];
      if (shots)
        await page.screenshot({ path: `${shots}/${colorScheme}-${name}-${width}.png`, fullPage: true });
      expect(
        (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      ).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  },
);
