import { describe, expect, it } from 'vitest';
import { fullSnapshot } from '../fakes/window-data.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { windowBrowser } from './support/window-browser.ts';
import { FORM_SCREENS } from './support/window-form-screens.ts';
import { button, option, section } from './support/window-screens.ts';

const browser = windowBrowser();
const { open } = browser;

it('says what is wrong when a field is left, until it is corrected, and sends nothing before', async () => {
  const { core, page } = await open(fullSnapshot(Date.now()));
  const sent: unknown[] = [];
  core.answers['backup.create'] = (input) => {
    sent.push(input);
    return {
      error: {
        code: 'io',
        message: '/home/ana/x.age cannot be written.',
        hint: 'Choose another file.',
        field: 'file',
      },
    };
  };
  await section(page, 'Settings').click();
  await button(page, 'Back up…').click();
  const field = (label: string) => page.getByLabel(label, { exact: true });
  const fault = async (label: string): Promise<string | null> =>
    field(label).evaluate((input) => {
      const ids = input.getAttribute('aria-describedby')?.split(' ') ?? [];
      const place = ids
        .map((id) => document.getElementById(id))
        .find((element) => element?.id.endsWith('-error'));
      return input.ariaInvalid === 'true' ? (place?.textContent ?? '') : null;
    });
  const focused = () => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name);

  // A field that was only passed through is left alone; the one that was filled in wrongly is not.
  await field('Passphrase').press('Tab');
  expect(await fault('Passphrase')).toBeNull();
  await field('Passphrase').fill('short');
  await field('Passphrase').press('Tab');
  expect(await fault('Passphrase')).toContain('Too short: at least');
  await field('Passphrase').fill('several good words here');
  expect(await fault('Passphrase')).toBeNull();

  await field('File').fill('x.age');
  await page.getByRole('dialog').getByRole('button', { name: 'Back up' }).click();
  expect(await fault('File')).toContain('is not a full path');
  expect(await fault('Passphrase again')).toContain('Passphrase again is missing.');
  expect(await focused()).toBe('file');
  expect(sent).toEqual([]);

  await field('File').fill('/home/ana/x.age');
  await field('Passphrase again').fill('several good words here');
  await field('Passphrase again').press('Enter');
  // What the core finds is at the field too, and goes with the text that it was about.
  await expect.poll(() => fault('File')).toContain('cannot be written. Choose another file.');
  expect(await focused()).toBe('file');
  expect(await field('Passphrase').inputValue()).toBe('several good words here');
  await field('File').fill('/home/ana/y.age');
  expect(await fault('File')).toBeNull();
  await field('File').fill('/home/ana/x.age');
  expect(await fault('File')).toContain('cannot be written');
  expect(sent).toHaveLength(1);
});

it('shows at the name why it was refused', async () => {
  const { core, page } = await open(fullSnapshot(Date.now()));
  core.answers['connections.rename'] = () => ({
    error: {
      code: 'conflict',
      message: 'There is already a connection “beta”.',
      hint: 'Choose another name.',
      field: 'name',
    },
  });
  await option(page, 'acme').click();
  await page.keyboard.press('F2');
  await page.getByLabel('Name', { exact: true }).fill('beta');
  await page.keyboard.press('Enter');
  const name = page.getByLabel('Name', { exact: true });
  await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByText('There is already a connection “beta”. Choose another name.').count()).toBe(1);
});

describe.concurrent('every form with faults', () => {
  it.each(FORM_SCREENS)('has no finding: $name', (screen) => expectAccessible(browser, screen));
});
