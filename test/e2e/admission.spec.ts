import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect, type Page } from '@playwright/test';
import { callSocket } from './support/socket-call.ts';
import { startBrowserDriver } from './support/browser-driver.ts';

const test = base.extend<{ desk: Awaited<ReturnType<typeof startBrowserDriver>> & { page: Page } }>({
  desk: async ({ context }, use) => {
    const driver = await startBrowserDriver(context);
    await use({ ...driver, page: await driver.window() });
    await driver.stop();
  },
});

test('the link works once, and nothing is served without it', async ({ desk, browser }) => {
  const { app } = desk;
  const origin = new URL(app.url).origin;
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  expect((await page.goto(app.url))?.status()).toBe(401);
  expect((await page.goto(origin))?.status()).toBe(401);
  const answer = await stranger.request.post(`${origin}/v1/snapshot`, {
    data: {},
    headers: { 'x-tokentray': '1' },
  });
  expect(answer.status()).toBe(401);
  await stranger.close();
});

test('a page elsewhere reaches nothing, even in the browser that holds the session', async ({
  desk,
  context,
}) => {
  const { app } = desk;
  const elsewhere = await context.newPage();
  // The sandbox is another origin on this machine.
  await elsewhere.goto(app.sandboxUrl);
  const reached = await elsewhere.evaluate(async (target) => {
    const tries: [string, RequestInit][] = [
      ['v1/snapshot', { method: 'POST', body: '{}', credentials: 'include', mode: 'no-cors' }],
      [
        'v1/snapshot',
        { method: 'POST', body: '{}', credentials: 'include', headers: { 'x-tokentray': '1' } },
      ],
      // An answer that cannot be read would still have changed something.
      [
        'v1/settings.set',
        { method: 'POST', body: '{"theme":"dark"}', credentials: 'include', mode: 'no-cors' },
      ],
      ['v1/events', { credentials: 'include' }],
      ['', { credentials: 'include' }],
    ];
    const read: string[] = [];
    for (const [path, init] of tries) {
      try {
        read.push(await (await fetch(target + path, init)).text());
      } catch {
        read.push('');
      }
    }
    return read.join('');
  }, desk.page.url());
  expect(reached).toBe('');
  expect(await callSocket(app.socket, 'settings.get', {})).toMatchObject({ theme: 'system' });
});

test('the page has a strict policy and nothing to read besides', async ({ desk }) => {
  const response = await desk.page.request.get(desk.page.url());
  const headers = response.headers();
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['referrer-policy']).toBe('no-referrer');
  const cookies = await desk.page.context().cookies();
  expect(cookies).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict' })]);
});

test('no other server on this machine gets the session', async ({ desk, context }) => {
  const told: string[] = [];
  const other = createServer((request, response) => {
    if (request.headers.cookie !== undefined) told.push(request.headers.cookie);
    response.setHeader('content-type', 'text/html').end('<!doctype html>');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  try {
    const { hostname } = new URL(desk.page.url());
    const page = await context.newPage();
    for (const path of ['/', '/open/', '/v1/snapshot', '/assets/'])
      await page.goto(`http://${hostname}:${(other.address() as AddressInfo).port}${path}`);
    await page.reload();
    expect(told).toEqual([]);
  } finally {
    other.close();
  }
});
