import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { CallOutput } from '../../contract/calls.ts';
import { presetViews } from '../fakes/preset-views.ts';
import { fullSnapshot, type Snapshot } from '../fakes/window-data.ts';
import { windowBrowser } from './support/window-browser.ts';
import { dropText } from './support/window-import-screens.ts';
import { button, section } from './support/window-screens.ts';

const { open: openWindow } = windowBrowser();
const full = (): Snapshot => fullSnapshot(Date.now());

const SHOWN: CallOutput<'presets.check'> = {
  preset: { ...presetViews(false).at(-1)!, name: 'my-tool', kind: 'variables', variables: ['TOOL_TOKEN'] },
  problems: [],
  replaces: null,
  digest: 'd1',
};
const TEXT = '{ "variables": { "TOOL_TOKEN": "{{ connection.access_token }}" } }';

it('those that serve the connection can be selected, the others say why not', async () => {
  const { page, core } = await openWindow(full());
  await section(page, 'Env files').click();
  await button(page, 'Add env file').click();
  const field = page.getByRole('combobox', { name: 'Preset' });
  const options = field.locator('option');
  await expect
    .poll(() => options.allTextContents())
    .toContain('settings-file (yours) – Settings of our tool');
  const refused = field.locator('optgroup[label="Not for this connection"] option');
  expect(
    await refused.evaluateAll((all) => all.every((option) => (option as HTMLOptionElement).disabled)),
  ).toBe(true);
  expect(await refused.allTextContents()).toContain(
    'jira-js: its token is sent as a Bearer token, not sent with a user name (Basic)',
  );
  expect(await field.locator(':scope > option').allTextContents()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^mcp-atlassian – MCP server/),
      expect.stringMatching(/^jira-cli – /),
    ]),
  );
  // A template decides its format itself.
  await field.selectOption('settings-file');
  await page.getByRole('combobox', { name: 'Format' }).waitFor({ state: 'detached' });
  await page.getByLabel('File', { exact: true }).fill('/home/ana/settings.yaml');
  await page.getByRole('dialog').getByRole('button', { name: 'Add env file' }).click();
  await page.getByText('~/settings.yaml is kept up to date.').waitFor();
  expect(core.calls.find(({ name }) => name === 'exports.add')?.input).not.toHaveProperty('format');
});

it('says what is wrong with the one that is selected when the connection is changed', async () => {
  const { page, core } = await openWindow(full());
  core.answers['presets.list'] = ({ connection }) => ({
    value: {
      presets: presetViews(true).map((preset) =>
        preset.name === 'atlassian' && connection !== undefined
          ? { ...preset, serves: { works: false, reason: 'It does not fit.', hint: 'Take another one.' } }
          : preset,
      ),
      ...{ problems: [], folder: '/home/ana/presets' },
    },
  });
  await section(page, 'Env files').click();
  await button(page, 'Add env file').click();
  const field = page.getByRole('combobox', { name: 'Preset' });
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
  await page.getByRole('dialog').getByText('It does not fit.', { exact: true }).waitFor();
  await page.getByRole('dialog').getByText('Take another one.').waitFor();
});

it.each([
  ['dropped', async (page: Page) => dropText(page, 'my-tool.json', TEXT)],
  [
    'pasted into the dialog',
    async (page: Page) => {
      await button(page, 'Add preset…').click();
      await page.getByRole('textbox', { name: 'Name' }).fill('my-tool');
      await page.getByRole('textbox', { name: 'Or paste its text' }).fill(TEXT);
      await button(page, 'Continue').click();
    },
  ],
])('one that is %s is shown before it is added', async (_how, give) => {
  const { page, core } = await openWindow(full());
  core.answers['presets.check'] = () => ({ value: SHOWN });
  core.answers['presets.add'] = () => ({ value: { preset: SHOWN.preset!, file: '/p/my-tool.json' } });
  await section(page, 'Providers').click();
  await button(page, 'Add preset…').waitFor();
  await give(page);
  const dialog = page.getByRole('dialog', { name: 'Add the preset my-tool?' });
  await dialog.getByText('TOOL_TOKEN', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Add preset' }).click();
  await page.getByText('The preset my-tool was added.').waitFor();
  const source = { text: TEXT, name: 'my-tool' };
  expect(
    core.calls.filter(({ name }) => /^presets\.(check|add)$/.test(name)).map(({ input }) => input),
  ).toEqual([source, { ...source, digest: 'd1', force: false }]);
});

it('lists one’s own and the files that could not be used, and says what is wrong with a new one', async () => {
  const { page, core } = await openWindow(full());
  core.answers['presets.list'] = () => ({
    value: {
      presets: presetViews(false),
      problems: [
        { file: '/p/x.json', field: 'needs', message: 'There is no such field.', hint: 'Remove it.' },
      ],
      folder: '/p',
    },
  });
  core.answers['presets.check'] = () => ({
    value: {
      ...{ preset: null, replaces: null, digest: 'd' },
      problems: [
        { field: 'variables.A', message: 'Line 1, column 4: There is no name “x”.', hint: 'Did you mean y?' },
      ],
    },
  });
  await section(page, 'Providers').click();
  await page.getByText('/p/x.json, needs: There is no such field.').waitFor();
  await page
    .getByRole('list', { name: 'Your presets' })
    .getByText('settings-file', { exact: true })
    .waitFor();
  await dropText(page, 'other.tmpl', '{{ x }}');
  await page.getByRole('dialog', { name: 'Add preset' }).getByText('variables.A: Line 1, column 4').waitFor();
  await page.getByRole('dialog').getByText('Did you mean y?').waitFor();
});
