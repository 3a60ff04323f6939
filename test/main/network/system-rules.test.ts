import { describe, expect, it } from 'vitest';
import { proxyName, type Proxy } from '../../../main/network/proxy-address.ts';
import type { ProxyRules } from '../../../main/network/proxy-rules.ts';
import { parseGnomeProxy } from '../../../main/network/system/parse-gnome.ts';
import { parseKdeProxy } from '../../../main/network/system/parse-kde.ts';
import { parseMacProxy } from '../../../main/network/system/parse-macos.ts';
import { parseWindowsProxy } from '../../../main/network/system/parse-windows.ts';
import { systemRules } from '../../../main/network/system/system-rules.ts';

const name = (proxy: Proxy | null): string | null => proxy && proxyName(proxy);
const brief = ({ pac, http, https, bypass }: ProxyRules) => ({
  pac,
  http: name(http),
  https: name(https),
  bypass,
});
const nothing = { pac: null, http: null, https: null, bypass: [] };

const gnome = (mode: string, more = ''): string =>
  `org.gnome.system.proxy autoconfig-url 'http://wpad.acme.example/proxy.pac'
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1', '*.acme.example']
org.gnome.system.proxy mode '${mode}'
org.gnome.system.proxy use-same-proxy true
org.gnome.system.proxy.ftp host ''
org.gnome.system.proxy.http authentication-password ''
org.gnome.system.proxy.http host 'proxy.acme.example'
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.https host 'secure.acme.example'
org.gnome.system.proxy.https port 8443
org.gnome.system.proxy.socks host ''
org.gnome.system.proxy.socks port 0
${more}`;

describe('GNOME', () => {
  it.each([
    ['none', gnome('none'), nothing],
    ['auto', gnome('auto'), { ...nothing, pac: 'http://wpad.acme.example/proxy.pac' }],
    [
      'manual',
      gnome('manual'),
      {
        pac: null,
        http: 'proxy.acme.example:8080',
        https: 'secure.acme.example:8443',
        bypass: ['localhost', '127.0.0.0/8', '::1', '*.acme.example'],
      },
    ],
    [
      'SOCKS alone',
      `org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy ignore-hosts @as []\norg.gnome.system.proxy.socks host 's'\norg.gnome.system.proxy.socks port 1081\n`,
      { ...nothing, http: 'socks5://s:1081', https: 'socks5://s:1081' },
    ],
    ['nothing', '', nothing],
  ])('%s', (_, text, expected) => {
    expect(brief(parseGnomeProxy(text))).toEqual(expected);
  });
});

describe('KDE', () => {
  const text = (type: number): string => `[Other]
ProxyType=9
[Proxy Settings]
NoProxyFor=localhost,.acme.example
Proxy Config Script=file:///etc/proxy.pac
ProxyType=${type}
httpProxy=http://proxy.acme.example 8080
httpsProxy=http://proxy.acme.example:8443
socksProxy=
`;
  it.each([
    [0, nothing],
    [
      1,
      {
        pac: null,
        http: 'proxy.acme.example:8080',
        https: 'proxy.acme.example:8443',
        bypass: ['localhost', '.acme.example'],
      },
    ],
    [2, { ...nothing, pac: 'file:///etc/proxy.pac' }],
  ])('type %i', (type, expected) => {
    expect(brief(parseKdeProxy(text(type)))).toEqual(expected);
  });

  it('type 4 names variables', () => {
    const named = '[Proxy Settings]\nProxyType=4\nhttpProxy=MY_HTTP\nhttpsProxy=MY_HTTPS\nNoProxyFor=MY_NO\n';
    const env = { MY_HTTP: 'a:1', MY_HTTPS: 'b:2', MY_NO: 'x.example' };
    expect(brief(parseKdeProxy(named, env))).toEqual({
      pac: null,
      http: 'a:1',
      https: 'b:2',
      bypass: ['x.example'],
    });
  });
});

describe('macOS', () => {
  it.each([
    ['nothing', '<dictionary> {\n  FTPPassive : 1\n}\n', nothing],
    [
      'proxies',
      `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
  }
  ExcludeSimpleHostnames : 1
  FTPPassive : 1
  HTTPEnable : 1
  HTTPPort : 8080
  HTTPProxy : proxy.acme.example
  HTTPSEnable : 1
  HTTPSPort : 8443
  HTTPSProxy : proxy.acme.example
  SOCKSEnable : 0
}
`,
      {
        pac: null,
        http: 'proxy.acme.example:8080',
        https: 'proxy.acme.example:8443',
        bypass: ['*.local', '169.254/16', '<local>'],
      },
    ],
    [
      'a PAC file',
      '<dictionary> {\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://wpad/x.pac\n  HTTPEnable : 0\n  HTTPProxy : old\n}\n',
      { ...nothing, pac: 'http://wpad/x.pac' },
    ],
  ])('%s', (_, text, expected) => {
    expect(brief(parseMacProxy(text))).toEqual(expected);
  });
});

describe('Windows', () => {
  const head = '\r\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\r\n';
  it.each([
    ['off', `${head}    ProxyEnable    REG_DWORD    0x0\r\n    ProxyServer    REG_SZ    old:80\r\n`, nothing],
    [
      'one for all',
      `${head}    ProxyEnable    REG_DWORD    0x1\r\n    ProxyServer    REG_SZ    proxy:8080\r\n    ProxyOverride    REG_SZ    *.acme.example;<local>\r\n`,
      { pac: null, http: 'proxy:8080', https: 'proxy:8080', bypass: ['*.acme.example', '<local>'] },
    ],
    [
      'one for each',
      `${head}    ProxyEnable    REG_DWORD    0x1\r\n    ProxyServer    REG_SZ    http=a:80;https=b:443;socks=c:1080\r\n`,
      { ...nothing, http: 'a:80', https: 'b:443' },
    ],
    [
      'SOCKS',
      `${head}    ProxyEnable    REG_DWORD    0x1\r\n    ProxyServer    REG_SZ    socks=c:1080\r\n`,
      { ...nothing, http: 'socks5://c:1080', https: 'socks5://c:1080' },
    ],
    [
      'a PAC file',
      `${head}    ProxyEnable    REG_DWORD    0x0\r\n    AutoConfigURL    REG_SZ    http://wpad/x.pac\r\n`,
      { ...nothing, pac: 'http://wpad/x.pac' },
    ],
    [
      'an empty one',
      `${head}    AutoConfigURL    REG_SZ    \r\n    ProxyEnable    REG_DWORD    0x0\r\n`,
      nothing,
    ],
  ])('%s', (_, text, expected) => {
    expect(brief(parseWindowsProxy(text))).toEqual(expected);
  });
});

it('asks the right program, and goes on without one', async () => {
  const ran: string[] = [];
  const ports = (platform: string, desktop = 'GNOME') => ({
    platform,
    env: { XDG_CURRENT_DESKTOP: desktop, HOME: '/home/ana', SystemRoot: 'C:\\Windows' },
    run: (program: string) => {
      ran.push(program);
      return Promise.reject(new Error('not there'));
    },
    readText: (file: string) => {
      ran.push(file);
      return Promise.resolve('');
    },
  });
  for (const platform of ['linux', 'darwin', 'win32'])
    expect(brief(await systemRules(ports(platform)))).toEqual(nothing);
  await systemRules(ports('linux', 'KDE'));
  expect(ran).toEqual([
    'gsettings',
    '/usr/sbin/scutil',
    'C:\\Windows\\System32\\reg.exe',
    '/home/ana/.config/kioslaverc',
  ]);
});
