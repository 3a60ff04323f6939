import { expect, test } from '@playwright/test';
import { startApp } from './support/app.ts';

test('a newcomer without an account opens the sandbox with a click, and again', async ({ context }) => {
  const app = await startApp(['--session-only'], { sandbox: false });
  try {
    const page = await context.newPage();
    await page.goto(app.url);
    const button = page.getByRole('button', { name: 'Try it with the sandbox' });
    for (const _ of ['started', 'running already']) {
      const opened = context.waitForEvent('page');
      await button.click();
      const sandbox = await opened;
      await expect(sandbox.getByText('This is the sandbox')).toBeVisible();
      await expect(button).toBeEnabled();
    }
    // It has its own data: what is connected there is not here.
    expect((await app.cli(['status', '--json'])).json()).toMatchObject({ home: app.home });
    const there = (await app.cli(['status', '--sandbox', '--json'])).json() as { home: string };
    expect(there.home).not.toBe(app.home);
  } finally {
    await app.cli(['stop', '--sandbox']);
    await app.stop();
  }
});
