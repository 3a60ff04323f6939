import { describe, expect, it } from 'vitest';
import { findRoute, routeWords, rulesFor } from '../../../main/network/find-route.ts';
import { parseProxy, proxyName, type Route } from '../../../main/network/proxy-address.ts';
import { environmentRules, NO_RULES, routeBy, routeOfPac } from '../../../main/network/proxy-rules.ts';

const names = (route: Route): string =>
  route.map((proxy) => (proxy === null ? 'direct' : proxyName(proxy))).join(' ');

describe('parseProxy', () => {
  it.each([
    ['proxy.acme.example:8080', 'proxy.acme.example:8080'],
    ['http://proxy.acme.example:8080/', 'proxy.acme.example:8080'],
    ['http://proxy', 'proxy:80'],
    ['https://proxy', 'https://proxy:443'],
    ['socks://proxy', 'socks5://proxy:1080'],
    ['socks5h://proxy:9', 'socks5://proxy:9'],
    ['socks4a://proxy', 'socks4://proxy:1080'],
    ['[fd00::1]:3128', '[fd00::1]:3128'],
    ['http://ana:pw@proxy:3128', 'proxy:3128'],
  ])('%s is %s', (text, expected) => {
    const proxy = parseProxy(text);
    expect(proxy && proxyName(proxy)).toBe(expected);
  });

  it.each(['', 'ftp://proxy', 'http://', '://x', 'a b'])('refuses “%s”', (text) => {
    expect(parseProxy(text)).toBeNull();
  });

  it('decodes user name and password', () => {
    expect(parseProxy('http://a%40b:p%3Aw%2F@proxy')).toMatchObject({ username: 'a@b', password: 'p:w/' });
    expect(parseProxy('http://a:100%@proxy')).toMatchObject({ password: '100%' });
  });
});

describe('environmentRules', () => {
  it.each([
    ['https://x.example/', { HTTPS_PROXY: 'a:1' }, 'a:1'],
    ['https://x.example/', { HTTPS_PROXY: 'a:1', https_proxy: 'b:2' }, 'b:2'],
    ['https://x.example/', { HTTP_PROXY: 'a:1' }, 'direct'],
    ['http://x.example/', { HTTP_PROXY: 'a:1' }, 'a:1'],
    ['http://x.example/', { HTTP_PROXY: 'a:1', REQUEST_METHOD: 'GET' }, 'direct'],
    ['https://x.example/', { all_proxy: 'socks5://s:1' }, 'socks5://s:1'],
    ['https://x.example/', { ALL_PROXY: 'socks5://s:1', https_proxy: 'b:2' }, 'b:2'],
    ['https://x.example/', { HTTPS_PROXY: 'a:1', NO_PROXY: 'x.example' }, 'direct'],
    ['https://x.example/', { HTTPS_PROXY: 'a:1', no_proxy: 'y.example', NO_PROXY: 'x.example' }, 'a:1'],
    ['https://x.example/', { HTTPS_PROXY: '  ' }, 'direct'],
    ['https://x.example/', { HTTPS_PROXY: 'gopher://a' }, 'direct'],
  ])('%s by %j: %s', (url, env, expected) => {
    expect(names(routeBy(environmentRules(env), new URL(url)))).toBe(expected);
  });

  it('names the variable', () => {
    expect(environmentRules({ https_proxy: 'a:1' }).source).toBe('https_proxy');
    expect(environmentRules({ ALL_PROXY: 'a:1' }).source).toBe('ALL_PROXY');
  });
});

describe('routeOfPac', () => {
  it.each([
    ['DIRECT', 'direct'],
    ['PROXY a:8080; DIRECT', 'a:8080 direct'],
    [
      'proxy a:1;HTTPS b:2;SOCKS c:3;SOCKS5 d:4;SOCKS4 e:5',
      'a:1 https://b:2 socks5://c:3 socks5://d:4 socks4://e:5',
    ],
    ['', 'direct'],
    ['null', 'direct'],
    ['QUIC x:1; PROXY', 'direct'],
    ['PROXY a:1; '.repeat(50), 'a:1 a:1 a:1 a:1 a:1'],
  ])('%s', (text, expected) => {
    expect(names(routeOfPac(text))).toBe(expected);
  });
});

describe('rulesFor and findRoute', () => {
  const system = () =>
    Promise.resolve({ ...NO_RULES, source: 'GNOME’s settings', https: parseProxy('system:1') });
  const pac = { route: () => Promise.reject(new Error('not there')) };
  const url = new URL('https://x.example/');

  it.each([
    ['automatic', {}, 'through the proxy system:1 (from GNOME’s settings)'],
    ['automatic', { HTTPS_PROXY: 'env:1' }, 'through the proxy env:1 (from HTTPS_PROXY)'],
    ['environment', {}, 'directly'],
    ['system', { HTTPS_PROXY: 'env:1' }, 'through the proxy system:1 (from GNOME’s settings)'],
    ['none', { HTTPS_PROXY: 'env:1' }, 'directly'],
  ] as const)('%s with %j goes %s', async (from, env, expected) => {
    const rules = await rulesFor({ from }, null, { environment: environmentRules(env), system });
    expect(routeWords(await findRoute(url, rules, false, pac), rules)).toBe(expected);
  });

  it('never leaves this machine by a proxy, and asks no PAC file about it', async () => {
    const rules = { ...NO_RULES, pac: '/x.pac', https: parseProxy('a:1'), http: parseProxy('a:1') };
    expect(await findRoute(new URL('http://api.localhost:1/'), rules, true, pac)).toEqual([null]);
  });

  it('passes over a PAC file of the system that cannot be used, but not one that a person named', async () => {
    const rules = { ...NO_RULES, pac: 'http://wpad/x' };
    expect(await findRoute(url, rules, false, pac)).toEqual([null]);
    await expect(findRoute(url, rules, true, pac)).rejects.toThrow('not there');
  });
});
