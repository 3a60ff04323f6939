import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { aConnection } from '../fakes/window-data.ts';
import type { SignInStage } from '../../contract/sign-in.ts';
import { plainPageHeaders, renderPlainPage } from '../../main/lib/plain-page.ts';
import { landingPage } from '../../main/signin/landing-page.ts';
import { renderPage } from '../../main/signin/callback-page.ts';
import { axeFindings } from './support/axe-findings.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { NARROW, WIDE, windowBrowser } from './support/window-browser.ts';
import { button } from './support/window-screens.ts';
import { onUse, USE_SCREENS, withAcme } from './support/window-use-screens.ts';

const browser = windowBrowser();
const { open } = browser;

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

it('copies what runs as it is, and remembers the language', async () => {
  const { page, core } = await open(withAcme());
  await onUse(page);
  await button(page, 'Copy command').click();
  expect(await clipboard(page)).toBe('tokentray run acme -- npm run sync');
  await page.getByRole('radio', { name: 'Python' }).check();
  await button(page, 'Copy code').click();
  const code = await clipboard(page);
  expect(code).toMatch(/^import subprocess[^]*print\(response\.status, response\.read\(\)\.decode\(\)\)$/);
  expect(core.snapshot.settings.exampleLanguage).toBe('python');
  await page.getByRole('combobox', { name: 'MCP client' }).selectOption('VS Code');
  await button(page, 'Copy MCP block').click();
  expect(JSON.parse(await clipboard(page))).toHaveProperty('servers.atlassian-acme.type', 'stdio');
});

it('adds a file for the connection, in the folder that was named, and keeps it out of Git', async () => {
  const { page, core } = await open(withAcme());
  await onUse(page);
  await page.getByLabel('File or folder of your project').fill('/home/ana/code/new/');
  await button(page, 'Add').click();
  await page.getByText('is written and kept up to date. It is in .gitignore now.').waitFor();
  const asked = (name: string) => core.calls.filter((call) => call.name === name).map(({ input }) => input);
  expect(asked('exports.add')).toMatchObject([
    {
      file: '/home/ana/code/new/.env',
      connection: core.snapshot.connections[0]!.id,
      preset: 'atlassian',
      format: 'dotenv',
    },
  ]);
  expect(asked('exports.cure')).toMatchObject([{ cure: 'ignore' }]);
  await page.getByRole('region', { name: 'Env file' }).getByText('code/new/.env').first().waitFor();

  await page.getByLabel('File or folder of your project').fill('/home/ana/conflict/.env');
  await page.getByRole('checkbox', { name: 'Keep out of Git' }).uncheck();
  await button(page, 'Add').click();
  await button(page, 'Keep both').click();
  await page.getByText('conflict/.env is written').waitFor();
  expect(asked('exports.add').at(-1)).toMatchObject({ allowDuplicateKeys: true });
  expect(asked('exports.cure')).toHaveLength(1);
});

it('has a second column where the window has the room', async () => {
  const { page } = await open(withAcme(), { size: { width: 1600, height: 900 } });
  await onUse(page);
  const left = async (name: string): Promise<number> =>
    (await page.getByRole('region', { name, exact: true }).first().boundingBox())?.x ?? 0;
  expect(await left('Test it now')).toBeGreaterThan((await left('Env file')) + 300);
  await page.setViewportSize(WIDE);
  expect(await left('Test it now')).toBe(await left('Env file'));
});

describe.concurrent('every form of the tab', () => {
  it.each(USE_SCREENS)('has no finding: $name', (screen) => expectAccessible(browser, screen));
});

describe('the pages that a sign-in’s browser tab shows', () => {
  const { account } = aConnection(1, 0);
  const connected = { name: 'acme', account, site: { url: 'https://acme.atlassian.net' } };
  const id = aConnection(1, 0).id;
  const stages: SignInStage[] = [
    { stage: 'done', connection: id },
    { stage: 'exchanging', notice: null },
    { stage: 'choose-site', account, sites: [] },
    {
      stage: 'confirm-account',
      expected: account,
      actual: { ...account, name: 'x'.repeat(300), email: null },
    },
    { stage: 'failed', error: { code: 'denied', message: 'Access was denied at Atlassian Cloud.' } },
  ];
  const pages = [
    ...stages.map((stage) => {
      const { next: _, ...shown } = landingPage({ stage, connected, again: '/again' });
      return renderPlainPage(shown);
    }),
    ...(['used', 'cancelled', 'too-late', 'stranger', 'wrong'] as const).map(renderPage),
  ];

  it('are accessible, in the look of the app, and do what their policy lets them', async () => {
    const { page, complaints } = await open(withAcme());
    let body = '';
    await page.route('http://landing.example/**', (route) =>
      route.fulfill({ body, headers: plainPageHeaders() }),
    );
    for (body of pages) {
      await page.goto('http://landing.example/page');
      for (const [colorScheme, size] of [
        ['light', WIDE],
        ['dark', NARROW],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(size);
        expect(await axeFindings(page), body).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        ).toBeLessThanOrEqual(0);
      }
    }
    expect(complaints).toEqual([]);
  });
});
