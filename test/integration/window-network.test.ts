import { describe, expect, it } from 'vitest';
import { fullSnapshot } from '../fakes/window-data.ts';
import { windowBrowser } from './support/window-browser.ts';
import { button, option, section } from './support/window-screens.ts';

const { open: openWindow } = windowBrowser();

describe('network settings', () => {
  it('are changed in Settings, the password sent once and not kept in the page', async () => {
    const { core, page } = await openWindow(fullSnapshot(Date.now()));
    await section(page, 'Settings').click();
    const form = page.getByRole('form', { name: 'Default network settings' });
    await form.getByText('Requests go directly.').waitFor();
    await form.getByLabel('Proxy', { exact: true }).selectOption({ label: 'This proxy' });
    await form.getByLabel('Address').fill('http://ana@proxy.acme.example:8080');
    await form.getByLabel('Password').fill('canary-password');
    await button(page, 'Save network settings').click();
    await expect
      .poll(() => core.calls.filter(({ name }) => name === 'network.set').map(({ input }) => input))
      .toEqual([
        {
          change: {
            proxy: { from: 'manual', url: 'http://ana@proxy.acme.example:8080' },
            proxyPassword: 'canary-password',
          },
        },
      ]);
    await expect.poll(() => form.getByLabel('Password').inputValue()).toBe('');
    expect(await page.content()).not.toContain('canary-password');
  });

  it('show a refusal where it happened', async () => {
    const { core, page } = await openWindow(fullSnapshot(Date.now()));
    core.answers['network.set'] = () => ({
      error: {
        code: 'invalid-input',
        message: 'The key does not belong to the certificate.',
        hint: 'Choose another.',
      },
    });
    await section(page, 'Settings').click();
    await page.getByLabel('Client certificate').fill('/me.pem');
    await button(page, 'Save network settings').click();
    await page.getByText('The key does not belong to the certificate.').waitFor();
    expect(await page.getByLabel('Client certificate').inputValue()).toBe('/me.pem');
  });

  it('leave certificates unchecked for one connection, shown in red wherever it is', async () => {
    const { page } = await openWindow(fullSnapshot(Date.now()));
    await option(page, 'beta').click();
    for (const summary of [/^Sign-in/, /^Network$/])
      await page.locator('summary', { hasText: summary }).click();
    await page.getByLabel('Do not check certificates').check();
    await button(page, 'Save network settings').click();
    await page.getByText('Certificates are not checked: anyone on the way could read the token.').waitFor();
    await option(page, 'beta').getByText('Not verified').waitFor();
  });
});
