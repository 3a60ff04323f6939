import { describe, expect, it } from 'vitest';
import { openUrl, openerFor } from '../../../../main/hosts/browser/open-url.ts';

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
  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'http://evil.example/', 'data:text/html,x', 'x', ''])(
    'refuses %s',
    async (address) => {
      expect(await openUrl(address)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    },
  );
});
