import { expect, test } from './support/fixtures.ts';

test.use({ newcomer: true });

test('a newcomer is welcomed, connects, and in the desktop app is told where it is; once', async ({
  desk,
}) => {
  const { driver, window } = desk;
  await expect(window.getByText('Welcome to Tokentray')).toBeVisible();
  await expect(window.getByText('This is the sandbox')).toBeVisible();
  await desk.connect({ account: 'ana', sites: ['acme'] });
  await window.getByRole('dialog', { name: 'Connected' }).getByRole('button', { name: 'Done' }).click();
  if (driver.shell !== null) {
    const where = window.getByRole('dialog', { name: 'Where to find Tokentray' });
    await expect(where).toBeVisible();
    await where.getByRole('button', { name: 'Done' }).click();
  }
  await expect(window.getByRole('dialog')).toBeHidden();

  await window.getByRole('option', { name: /^acme/ }).click();
  await window.getByRole('button', { name: 'More' }).click();
  await window.getByRole('menuitem', { name: 'Remove…' }).click();
  await window.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(window.getByText('No accounts connected.')).toBeVisible();
});
