import { describe, expect, it } from 'vitest';
import { emptySnapshot, fullSnapshot, type Snapshot } from '../fakes/window-data.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { windowBrowser } from './support/window-browser.ts';
import { CHECKED, FOUND, IMPORT_SCREENS, PROVIDER_TEXT, dropText } from './support/window-import-screens.ts';
import { button, option } from './support/window-screens.ts';

const browser = windowBrowser();
const { open: openWindow } = browser;
const full = (): Snapshot => fullSnapshot(Date.now());
const firstRun = (): Snapshot => {
  const empty = emptySnapshot();
  return { ...empty, settings: { ...empty.settings, firstRunDone: false } };
};

describe('importing', () => {
  it('takes what is selected, and takes a grant over only after a yes of its own', async () => {
    const { page, core } = await openWindow(firstRun());
    const connection = full().connections[0] ?? null;
    core.answers['import.find'] = () => ({ value: FOUND });
    core.answers['import.take'] = ({ ids }) => ({
      value: { results: ids.map((id) => ({ id, connection, error: null, notes: [] })) },
    });
    await button(page, 'Import from another program…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox').nth(1).check();
    expect(await dialog.getByRole('checkbox').nth(0).isChecked()).toBe(true);
    expect(await dialog.getByRole('checkbox').nth(2).isDisabled()).toBe(true);
    await dialog.getByLabel('Tokentray takes it over').check();
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('dialog', { name: '2 connections imported' }).waitFor();
    expect(core.calls.filter(({ name }) => name === 'import.take').map(({ input }) => input)).toEqual([
      { ids: ['one'], takeOver: false },
      { ids: ['two'], takeOver: true },
    ]);
  });

  it('looks again with what was missing, and says where it looked when nothing is found', async () => {
    const { page, core } = await openWindow(firstRun());
    core.answers['import.find'] = () => ({ value: { ...FOUND, candidates: [] } });
    await button(page, 'Import from another program…').click();
    await page.getByText('~/.config/gh/hosts.yml and the keychain').waitFor();
    await page.getByText('Look at another file').click();
    await page.getByLabel('Site of tokens that name none').fill('acme');
    await page.getByLabel('Env file, or JSON file').fill('work/.env');
    await button(page, 'Look again').click();
    await page.getByText('This is not a full path.').waitFor();
    await page.getByLabel('Env file, or JSON file').fill('/home/ana/work/.env');
    await button(page, 'Look again').click();
    await expect
      .poll(() => core.calls.filter(({ name }) => name === 'import.find').at(-1)?.input)
      .toEqual({ file: '/home/ana/work/.env', site: 'acme' });
  });
});

describe('a provider file', () => {
  it('that is dropped is shown before it is taken, and only then added as it was shown', async () => {
    const { page, core } = await openWindow(firstRun());
    core.answers['providers.check'] = () => ({ value: CHECKED });
    core.answers['providers.add'] = () => ({
      value: { provider: core.snapshot.providers[0]!, file: '/home/ana/providers/acme.json' },
    });
    await page.getByText('Welcome to Tokentray').waitFor();
    await dropText(page, 'acme.json', PROVIDER_TEXT);
    const dialog = page.getByRole('dialog', { name: 'Add Acme staff login?' });
    for (const text of [
      'https://id.acme.example',
      'the address that you enter',
      'comes with “Acme staff”, with a secret',
      'through the proxy http://proxy.acme.example:3128',
      'also trusts certificates signed by /etc/acme/ca.pem',
      'Changes the provider that Tokentray includes',
    ])
      await dialog.getByText(text).waitFor();
    expect(core.calls.map(({ name }) => name)).not.toContain('providers.add');
    expect(await page.content()).not.toContain('s-canary-1');
    await button(page, 'Replace my file').click();
    await page.getByRole('dialog', { name: 'Connect account' }).waitFor();
    expect(core.calls.find(({ name }) => name === 'providers.add')?.input).toEqual({
      text: PROVIDER_TEXT,
      digest: 'd1',
      force: true,
    });
  });

  it('that is pasted outside of a field is shown; another text is not', async () => {
    const { page, core } = await openWindow(full());
    core.answers['providers.check'] = () => ({ value: CHECKED });
    const paste = (text: string) =>
      page.evaluate((content) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text', content);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
      }, text);
    await option(page, 'acme').waitFor();
    await paste('{ "some": "JSON" }');
    await paste(PROVIDER_TEXT);
    await page.getByRole('dialog', { name: 'Add Acme staff login?' }).waitFor();
    expect(core.calls.filter(({ name }) => name === 'providers.check')).toHaveLength(1);
  });

  it('is told from an env file in JSON', async () => {
    const { page } = await openWindow(full());
    await option(page, 'acme').waitFor();
    await dropText(page, 'env.json', '{ "ATLASSIAN_ACCESS_TOKEN": "x" }');
    await page.getByRole('dialog', { name: 'Add env file' }).waitFor();
  });
});

describe('every screen of import, provider files and problems', () => {
  it.each(IMPORT_SCREENS)('has no finding: $name', (screen) => expectAccessible(browser, screen));
});
