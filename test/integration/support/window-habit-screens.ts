import type { Page } from 'playwright-core';
import { fullSnapshot } from '../../fakes/window-data.ts';
import { button, menu, option, type WindowScreen } from './window-screens.ts';

const full = () => fullSnapshot(Date.now());

export async function openPalette(page: Page, text = ''): Promise<void> {
  await option(page, 'acme').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find anything' }).waitFor();
  await page.keyboard.type(text);
}

/** The palette, the keys, and notices. */
export const HABIT_SCREENS: readonly WindowScreen[] = [
  { name: 'Palette', snapshot: full, reach: (page) => openPalette(page) },
  { name: 'Palette with matches', snapshot: full, reach: (page) => openPalette(page, 'ac') },
  {
    name: 'Palette with the actions of one',
    snapshot: full,
    reach: async (page) => {
      await openPalette(page, 'acme');
      await page.keyboard.press('ArrowRight');
      await page.getByRole('combobox', { name: 'Find an action of acme' }).waitFor();
    },
  },
  {
    name: 'Palette without a match',
    snapshot: full,
    reach: async (page) => {
      await openPalette(page, 'zzzz');
      await page.getByText('Nothing matches “zzzz”.').waitFor();
    },
  },
  {
    name: 'Keys',
    snapshot: full,
    reach: async (page) => {
      await option(page, 'acme').click();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
  {
    name: 'Notices',
    snapshot: full,
    reach: async (page, core) => {
      await option(page, 'acme').click();
      await menu(page, 'Remove…');
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await button(page, 'Undo').waitFor();
      core.answers['connections.test'] = () => ({
        error: { code: 'offline', message: 'Atlassian can’t be reached.', hint: 'Check the network.' },
      });
      await page.keyboard.press('Control+k');
      await page.keyboard.type('test acme-sandbox');
      await page.keyboard.press('Enter');
      await page.getByText('Check the network.').waitFor();
    },
  },
];
