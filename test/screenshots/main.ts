// Takes every screen from the sandbox: the wide ones into docs/images, for README and guide, the narrow ones into
// test-results/screens, to look at.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { connect } from '../integration/support/connect.ts';

const IMAGES = path.join(ROOT, 'docs', 'images');
const TO_LOOK_AT = path.join(ROOT, 'test-results', 'screens');
const WIDE = { width: 1100, height: 720 };
const NARROW = { width: 640, height: 480 };
/** Files with names that read well in a picture. */
const FILES = path.join('/tmp', 'code');

type Shot = (page: Page, name: string) => Promise<void>;

async function empty(page: Page, shot: Shot): Promise<void> {
  await page.getByText('No accounts connected.').waitFor();
  await shot(page, 'empty');
}

async function full(app: RunningApp): Promise<void> {
  await connect(app, { account: 'ana', sites: ['acme'] });
  await connect(app, { account: 'ben', sites: ['beta'] });
  mkdirSync(path.join(FILES, 'triage'), { recursive: true });
  writeFileSync(path.join(FILES, 'triage', '.env'), 'DEBUG=1\n');
  await app.cli(['export', 'add', path.join(FILES, 'triage', '.env')]);
  await app.cli([
    'export',
    'add',
    path.join(FILES, 'jira.env'),
    '--connection',
    'beta',
    '--preset',
    'mcp-atlassian',
  ]);
}

async function sections(page: Page, shot: Shot): Promise<void> {
  await page.getByRole('option', { name: /^acme/ }).click();
  await shot(page, 'connections');
  for (const name of ['Env files', 'Providers', 'Activity', 'Settings']) {
    await page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
    await shot(page, name.toLowerCase().replace(' ', '-'));
  }
  await page.getByRole('navigation').getByRole('button', { name: 'Connections', exact: true }).click();
}

async function dialogs(page: Page, shot: Shot): Promise<void> {
  const back = page.getByRole('button', { name: 'All connections' });
  if (await back.isVisible()) await back.click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await shot(page, 'connect');
  const tab = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Continue in browser' }).click();
  const provider = await tab;
  await provider.getByRole('button', { name: 'Allow' }).waitFor();
  await shot(provider, 'sign-in-page');
  await provider.close();
  await shot(page, 'waiting');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function newLink(app: RunningApp): Promise<string> {
  const [, second = ''] = (await app.cli(['open', '--json'])).stdout.split('\n');
  return (JSON.parse(second) as { url: string }).url;
}

for (const folder of [IMAGES, TO_LOOK_AT]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
rmSync(FILES, { recursive: true, force: true });
const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
const app = await startApp();
try {
  const pages: { page: Page; label: string }[] = [];
  for (const [size, viewport] of [
    ['', WIDE],
    ['-narrow', NARROW],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const link = pages.length === 0 ? app.url : await newLink(app);
      await page.goto(link);
      pages.push({ page, label: `${size}-${colorScheme}` });
    }
  }
  const each = async (take: (page: Page, shot: Shot) => Promise<void>): Promise<void> => {
    for (const { page, label } of pages) {
      await take(page, async (shown, name) => {
        await shown.waitForTimeout(250);
        const folder = label.startsWith('-narrow') ? TO_LOOK_AT : IMAGES;
        await shown.screenshot({ path: path.join(folder, `${name}${label}.png`) });
      });
    }
  };
  await each(empty);
  await full(app);
  await each(sections);
  await each(dialogs);
} finally {
  await browser.close();
  await app.stop();
  rmSync(FILES, { recursive: true, force: true });
}
console.error(`✓ ${IMAGES}`);
