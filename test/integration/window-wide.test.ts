import { expect, it } from 'vitest';
import { fullSnapshot } from '../fakes/window-data.ts';
import { axeFindings } from './support/axe-findings.ts';
import { windowBrowser } from './support/window-browser.ts';
import { RARE_SCREENS } from './support/window-rare-screens.ts';
import { option, section } from './support/window-screens.ts';

const { open } = windowBrowser();

it('shows what happened and requests side by side in a wide window, in tabs in a smaller one', async () => {
  const { page } = await open(fullSnapshot(Date.now()), { size: { width: 1600, height: 1000 } });
  await section(page, 'Activity').click();
  const happened = page.getByRole('region', { name: 'What happened' });
  await happened.getByText('~/code/triage/.env is kept up to date.').waitFor();
  const requests = page.getByRole('region', { name: 'Requests', exact: true });
  await requests.getByText('No requests yet.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const [left, right] = [await happened.boundingBox(), await requests.boundingBox()];
  expect(right!.x).toBeGreaterThan(left!.x + left!.width);

  await page.setViewportSize({ width: 1100, height: 720 });
  await page.getByRole('tab', { name: 'What happened', selected: true }).waitFor();
  expect(await requests.count()).toBe(0);
});

it('lists providers in two columns where there is room', async () => {
  const { snapshot, reach } = RARE_SCREENS.find(({ name }) => name === 'Providers, several')!;
  const { page, core } = await open(snapshot(), { size: { width: 1600, height: 1000 } });
  await reach(page, core);
  const [first, second] = await Promise.all(
    ['Atlassian Cloud', 'Jira Data Center'].map((name) =>
      page.getByRole('region', { name, exact: true }).boundingBox(),
    ),
  );
  expect(second!.y).toBe(first!.y);
  expect(second!.x).toBeGreaterThan(first!.x + first!.width);
});

it('clips no sentence and no tab beside the list of a small window', async () => {
  const { page } = await open(fullSnapshot(Date.now()), { size: { width: 960, height: 640 } });
  await option(page, 'beta').click();
  const sentence = page.getByText('Sign-in ended').locator('..');
  await sentence.waitFor();
  for (const part of [sentence, page.getByRole('tablist')])
    expect(await part.evaluate((shown) => shown.scrollWidth - shown.clientWidth)).toBe(0);
});
