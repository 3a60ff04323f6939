import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { startApp, type RunningApp } from './support/app.ts';
import { pastFirstRun } from './support/past-first-run.ts';

/** A data folder that apps start on one after the other. */
const test = base.extend<{ begin: () => Promise<RunningApp> }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from here.
  begin: async ({}, use) => {
    const home = mkdtempSync(path.join(tmpdir(), 'tokentray-e2e-'));
    const apps: RunningApp[] = [];
    await use(async () => {
      const app = await startApp([], { home, keepHome: true });
      apps.push(app);
      await pastFirstRun(app);
      return app;
    });
    for (const app of apps) await app.stop();
    rmSync(home, { recursive: true, force: true });
  },
});

const gone = (page: Page): ReturnType<Page['getByText']> =>
  page.getByText('Tokentray isn’t running.', { exact: true });

async function opened(context: BrowserContext, app: RunningApp): Promise<Page> {
  const page = await context.newPage();
  await page.goto(app.url);
  await expect(page.getByText('No accounts connected.')).toBeVisible();
  return page;
}

/** As a crash or a power cut does. */
async function die(app: RunningApp): Promise<void> {
  app.process.kill('SIGKILL');
  await app.ended;
}

test('a dead host is reported, and the open page reconnects to the next one', async ({ begin, context }) => {
  const first = await begin();
  const page = await opened(context, first);
  const before = page.url();
  // Again and again: each time the page holds another key.
  for (let app = first, time = 1; time <= 2; time++) {
    await die(app);
    await expect(gone(page)).toBeVisible();
    await expect(page.getByRole('region', { name: 'App status' })).toContainText('start it again with');
    app = await begin();
    await expect(gone(page)).toBeHidden({ timeout: 20_000 });
    await expect(page.getByText('No accounts connected.')).toBeVisible();
  }
  // It works, and under another path.
  await page.getByRole('button', { name: 'Connect account' }).click();
  await expect(page.getByRole('dialog', { name: 'Connect account' })).toBeVisible();
  expect(page.url()).not.toBe(before);
  expect(new URL(page.url()).origin).toBe(new URL(before).origin);
});

test('what takes the port in the meantime learns nothing that gives access to the next host', async ({
  begin,
  context,
}) => {
  const first = await begin();
  const page = await opened(context, first);
  const { origin, port } = new URL(page.url());
  await die(first);

  const heard: { url: string; headers: Record<string, string>; body: string }[] = [];
  const impostor = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { url = '', method = '', headers } = request;
      heard.push({ url: `${method} ${url}`, headers: headers as Record<string, string>, body });
      const challenge = JSON.stringify({ challenge: 'of-the-impostor' });
      response.writeHead(url === '/resume' ? 200 : 401, { 'content-type': 'application/json' });
      response.end(url === '/resume' ? challenge : '');
    });
  });
  await new Promise<void>((resolve) => impostor.listen(Number(port), '127.0.0.1', resolve));
  // Both what it holds, its cookie and its path, and a proof that it signed.
  await expect
    .poll(() => heard.some(({ body }) => body.includes('signature')), { timeout: 20_000 })
    .toBe(true);
  impostor.closeAllConnections();
  await new Promise((resolve) => impostor.close(resolve));

  await begin();
  for (const { url, headers, body } of heard) {
    const [method = '', target = ''] = url.split(' ');
    const { host: _host, 'content-length': _length, connection: _connection, ...replayed } = headers;
    const answer = await fetch(new URL(target, origin), {
      method,
      headers: replayed,
      ...(body === '' ? {} : { body }),
      redirect: 'manual',
    });
    const asksForChallenge = target === '/resume' && !body.includes('signature');
    const text = await answer.text();
    expect(answer.headers.get('set-cookie')).toBeNull();
    // A challenge is all that the public half of the key is good for, until the page itself has come back with it.
    if (asksForChallenge && answer.status === 200)
      expect(Object.keys(JSON.parse(text) as object)).toEqual(['challenge']);
    else expect(answer.status, url).toBe(401);
  }
  await expect(gone(page)).toBeHidden({ timeout: 20_000 });
  await expect(page.getByText('No accounts connected.')).toBeVisible();
});

test('if its port is taken, the page explains how to get a new one', async ({ begin, context }) => {
  const first = await begin();
  const page = await opened(context, first);
  const { port } = new URL(page.url());
  await die(first);
  const other = createServer((_, response) => response.writeHead(401).end());
  await new Promise<void>((resolve) => other.listen(Number(port), '127.0.0.1', resolve));
  try {
    const second = await begin();
    expect(new URL(second.url).port).not.toBe(port);
    await expect(page.getByText('This page’s link has expired.')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('region', { name: 'App status' })).toContainText('run “tokentray”');
    await opened(context, second);
  } finally {
    other.closeAllConnections();
    other.close();
  }
});
