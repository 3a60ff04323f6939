import { expect, test } from './support/fixtures.ts';
import { inSight } from './support/in-sight.ts';
import { pageRemembers } from './support/page-memory.ts';

test('a token is in the page while it is shown, and at no other time', async ({ desk }) => {
  test.setTimeout(90_000);
  const { app, driver, window } = desk;
  await desk.connect({ account: 'ana', sites: ['acme'] });
  await window.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  const token = (await app.cli(['get'])).stdout.trim();
  // Long strings are cut in what the browser tells of its memory; the very beginning is the same in every token.
  const part = token.slice(200, 260);
  expect(part).toHaveLength(60);
  const nowhere = async (): Promise<void> => {
    expect(await inSight(window)).not.toContain(part);
    // A timer that has just run may still be held for a moment.
    await expect.poll(() => pageRemembers(window, part), { timeout: 20_000 }).toBe(false);
  };
  await nowhere();
  // The look into the memory finds what is there.
  await window.evaluate((planted) => Object.assign(globalThis, { planted: [planted] }), part);
  expect(await pageRemembers(window, part)).toBe(true);
  await window.evaluate(() => Object.assign(globalThis, { planted: null }));
  await nowhere();

  await window.getByRole('button', { name: 'Copy token' }).click();
  await expect.poll(() => driver.clipboard()).toBe(token);
  await nowhere();

  await window.getByRole('tab', { name: 'Token' }).click();
  await window.getByRole('button', { name: 'Show access token' }).click();
  await expect(window.getByRole('button', { name: 'Hide access token' })).toBeVisible();
  expect(await inSight(window)).toContain(part);
  await window.getByRole('button', { name: 'Hide access token' }).click();
  await expect(window.getByRole('button', { name: 'Show access token' })).toBeVisible();
  await nowhere();
});
