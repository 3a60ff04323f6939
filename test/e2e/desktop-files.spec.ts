import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { connectMany } from './support/many-connections.ts';
import { expect, test } from './support/stand-in-fixture.ts';

test('an env file is chosen with the system’s dialog, written, and shown in its folder', async ({
  start,
  home,
}) => {
  const driver = await start({ home });
  const { standIn, app } = driver;
  await connectMany(app, ['acme']);
  const page = await driver.window();
  const folder = path.join(home, 'code', 'triage');
  const file = path.join(folder, '.env');
  mkdirSync(folder, { recursive: true });
  await page.getByRole('navigation').getByRole('button', { name: 'Env files' }).click();
  await page.getByRole('button', { name: 'Add env file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add env file' });
  const field = dialog.getByLabel('File', { exact: true });

  // Whoever cancels keeps what was typed.
  await field.fill('~/code');
  await dialog.getByRole('button', { name: 'Choose…' }).click();
  await expect.poll(async () => (await standIn.app.dialogs()).length).toBe(1);
  await expect(field).toHaveValue('~/code');

  await standIn.app.answerDialog('save', { canceled: false, filePath: file });
  await field.fill('');
  await dialog.getByRole('button', { name: 'Choose…' }).click();
  await expect(field).toHaveValue('~/code/triage/.env');
  const [window] = await standIn.app.windows();
  const shown = await standIn.app.dialogs();
  expect(shown.map(({ kind, parent }) => ({ kind, parent }))).toEqual([
    { kind: 'save', parent: window?.id },
    { kind: 'save', parent: window?.id },
  ]);
  expect(shown.map(({ options }) => options['defaultPath'])).toEqual([
    path.join(home, 'code'),
    path.join(home, '.env'),
  ]);

  await dialog.getByRole('button', { name: 'Add env file' }).click();
  const show = page.getByRole('button', { name: 'Show ~/code/triage/.env in its folder' });
  await expect(show).toBeVisible();
  expect(readFileSync(file, 'utf8')).toContain('ATLASSIAN_ACCESS_TOKEN=');
  await show.click();
  await expect.poll(() => standIn.app.shownItems()).toEqual([file]);

  // A file that has gone cannot be shown; the window says so.
  rmSync(file);
  await show.click();
  await expect(page.getByRole('status', { name: 'Notice' })).toContainText('is not there.');
  expect(await standIn.app.shownItems()).toEqual([file]);
  expect(existsSync(file)).toBe(false);
});

test('the window gets nothing from the system’s dialogs but a path', async ({ start }) => {
  const driver = await start();
  const page = await driver.window();
  await expect(page.getByText('No accounts connected.')).toBeVisible();
  const answers = await page.evaluate(async () => {
    const { call } = (
      globalThis as unknown as { tokentray: { call: (name: string, input: object) => Promise<unknown> } }
    ).tokentray;
    return Promise.all([
      call('files.choose', { what: 'file-to-read' }),
      call('files.choose', { what: 'folder', properties: ['openFile'] }),
      call('files.show', { export: 'abcdefgh' }),
      call('files.show', { export: '/etc/passwd' }),
      call('files.show', { file: '/etc/passwd' }),
    ]);
  });
  const refused = (code: string): object => ({
    ok: false,
    error: expect.objectContaining({ code }) as object,
  });
  expect(answers).toEqual([
    refused('invalid-input'),
    refused('invalid-input'),
    refused('not-found'),
    expect.objectContaining({ ok: false }),
    refused('invalid-input'),
  ]);
  expect(await driver.standIn.app.dialogs()).toEqual([]);
  expect(await driver.standIn.app.shownItems()).toEqual([]);
});
