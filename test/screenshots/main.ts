// Takes pictures: of the sandbox into docs/images, for README and guide; of every screen and dialog, from made-up
// data, into test-results/screens, to look at. `-- docs` takes only the
// former, `-- gallery [parts of names] [--look widest-dark]…` only the latter.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumOptions } from '../../build/chromium.ts';
import { ROOT, startApp, type RunningApp } from '../e2e/support/app.ts';
import { startKeyring } from '../integration/support/keyring.ts';
import { furnish, spreadActivity } from './desk.ts';
import { takeGallery } from './gallery.ts';
import { inOwnGroup } from './own-group.ts';
import { settling } from './settled.ts';

const IMAGES = path.join(ROOT, 'docs', 'images');
/** Replaces the other when all are there. */
const NEW_IMAGES = path.join(tmpdir(), 'images');
const TO_LOOK_AT = path.join(ROOT, 'test-results', 'screens');
const WIDE = { width: 1100, height: 720 };
/** On a busy machine; else docs take half a minute, the gallery some. */
const LONGEST_MS = 30 * 60_000;
const LONGEST_STEP_MS = 60_000;

type Shot = (page: Page, name: string) => Promise<void>;

async function sections(page: Page, shot: Shot): Promise<void> {
  await page.getByRole('option', { name: /^acme,/ }).click();
  await shot(page, 'connections');
  await page.getByRole('tab', { name: 'Use', exact: true }).click();
  await page.getByText('Test it now').first().waitFor();
  await shot(page, 'use');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find anything' }).fill('ac');
  await shot(page, 'palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Find anything' }).waitFor({ state: 'detached' });
  for (const name of ['Env files', 'Gateway']) {
    await page.getByRole('navigation').getByRole('button', { name }).first().click();
    await shot(page, name.toLowerCase().replace(' ', '-'));
  }
  await page.getByRole('navigation').getByRole('button', { name: 'Connections', exact: true }).click();
}

async function setUp(page: Page, shot: Shot): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Providers' }).click();
  await page
    .getByRole('button', { name: /^Add OAuth client for Atlassian Cloud/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Set the redirect URI' }).waitFor();
  await shot(page, 'set-up');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('navigation').getByRole('button', { name: 'Connections', exact: true }).click();
}

async function waiting(page: Page, shot: Shot): Promise<void> {
  const back = page.getByRole('button', { name: 'All connections' });
  if (await back.isVisible()) await back.click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const tab = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Continue in browser' }).click();
  await (await tab).close();
  await page.getByRole('dialog', { name: 'Waiting for your browser' }).waitFor();
  await shot(page, 'waiting');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function newLink(app: RunningApp): Promise<string> {
  const [, second = ''] = (await app.cli(['open', '--json'])).stdout.split('\n');
  return (JSON.parse(second) as { url: string }).url;
}

type Take = (take: (page: Page, shot: Shot) => Promise<void>) => Promise<void>;

/** Opens the app in light and in dark; what is taken is taken of both. */
async function inBothLooks(browser: Browser, app: RunningApp): Promise<Take> {
  const pages: { page: Page; label: string; settled: (page: Page) => Promise<void> }[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: WIDE, colorScheme, reducedMotion: 'reduce' });
    context.setDefaultTimeout(LONGEST_STEP_MS);
    const settled = await settling(context);
    const page = await context.newPage();
    await page.goto(pages.length === 0 ? app.url : await newLink(app));
    pages.push({ page, label: colorScheme, settled });
  }
  return async (take) => {
    for (const { page, label, settled } of pages) {
      await take(page, async (shown, name) => {
        await settled(shown);
        await shown.screenshot({ path: path.join(NEW_IMAGES, `${name}-${label}.png`) });
      });
    }
  };
}

async function takeDocs(browser: Browser): Promise<void> {
  mkdirSync(NEW_IMAGES, { recursive: true });
  // With a keychain, as people have it: without one, a bar warns in every picture.
  const keyring = await startKeyring();
  const userHome = mkdtempSync(path.join(tmpdir(), 'tokentray-desk-'));
  const home = path.join(userHome, '.config', 'tokentray');
  const start = (): Promise<RunningApp> =>
    startApp([], { home, keepHome: true, env: { ...keyring.env, HOME: userHome } });
  let app = await start();
  try {
    await furnish(app, userHome);
    await app.stop();
    spreadActivity(home);
    app = await start();
    const each = await inBothLooks(browser, app);
    await each(sections);
    await each(setUp);
    await each(waiting);
  } finally {
    await app.stop();
    await keyring.stop();
    rmSync(userHome, { recursive: true, force: true });
  }
  rmSync(IMAGES, { recursive: true, force: true });
  cpSync(NEW_IMAGES, IMAGES, { recursive: true });
  console.error(`✓ ${IMAGES}`);
}

const ended = await inOwnGroup(LONGEST_MS);
if (ended !== null) process.exit(ended);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { look: { type: 'string', multiple: true, default: [] } },
});
const [what, ...only] = positionals;
const browser = await chromium.launch(chromiumOptions());
try {
  if (what !== 'gallery') await takeDocs(browser);
  if (what !== 'docs') {
    if (only.length === 0) rmSync(TO_LOOK_AT, { recursive: true, force: true });
    const renderer = path.join(ROOT, 'out', 'renderer');
    const taken = await takeGallery({ browser, renderer, folder: TO_LOOK_AT, only, looks: values.look });
    console.error(`✓ ${taken} pictures in ${TO_LOOK_AT}`);
  }
} finally {
  await browser.close();
}
