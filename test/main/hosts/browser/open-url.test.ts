import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import { openUrl, openerFor } from '../../../../main/hosts/browser/open-url.ts';
import { makeFilesPrivate } from '../../../../main/lib/inherited-settings.ts';

describe('openerFor', () => {
  it.each([
    ['darwin', {}, ['open']],
    ['win32', {}, ['rundll32.exe', 'url.dll,FileProtocolHandler']],
    ['linux', {}, null],
    ['linux', { DISPLAY: ':0' }, ['xdg-open']],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
    ['linux', { BROWSER: '/usr/bin/firefox' }, ['/usr/bin/firefox']],
    ['linux', { BROWSER: 'firefox --private %s', DISPLAY: ':0' }, ['xdg-open']],
    ['linux', { WSL_DISTRO_NAME: 'Debian' }, ['rundll32.exe', 'url.dll,FileProtocolHandler']],
  ])('chooses on %s with %o', (platform, env, expected) => {
    expect(openerFor(platform, env)).toEqual(expected);
  });
});

describe('openUrl', () => {
  it.runIf(process.platform === 'linux')('gives the browser the umask of the person', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-browser-'));
    const browser = path.join(folder, 'browser');
    writeFileSync(
      browser,
      `#!/bin/sh\numask >'${folder}/umask.part'; mv '${folder}/umask.part' '${folder}/umask'\n`,
    );
    chmodSync(browser, 0o755);
    vi.stubEnv('BROWSER', browser);
    const before = process.umask(0o022);
    try {
      makeFilesPrivate();
      expect(await openUrl('https://example.com/')).toMatchObject({ ok: true });
      await expect.poll(() => existsSync(path.join(folder, 'umask'))).toBe(true);
      expect(readFileSync(path.join(folder, 'umask'), 'utf8').trim()).toBe('0022');
    } finally {
      process.umask(before);
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'http://evil.example/', 'data:text/html,x', 'x', ''])(
    'refuses %s',
    async (address) => {
      expect(await openUrl(address)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    },
  );
});
