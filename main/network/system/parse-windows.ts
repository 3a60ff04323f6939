import { splitBypass } from '../bypass.ts';
import { parseProxy, type Proxy } from '../proxy-address.ts';
import type { ProxyRules } from '../proxy-rules.ts';

/**
 * Reads what `reg query` prints of `HKCU\…\Internet Settings`. `ProxyServer` is one address for all, or
 * `http=a:80;https=b:80;socks=c:1080`.
 */
export function parseWindowsProxy(text: string): ProxyRules {
  const values = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(/^\s+(\w+)\s+REG_\w+[ \t]*(.*?)\r?$/gm))
    values.set(key.toLowerCase(), value.trim());
  const enabled = Number(values.get('proxyenable') ?? '0') !== 0;
  const server = enabled ? (values.get('proxyserver') ?? '') : '';
  const perScheme = new Map<string, Proxy | null>();
  for (const part of server.split(/[;\s]+/)) {
    const [name = '', address] = part.includes('=') ? part.split('=', 2) : ['', part];
    if (address === undefined || address === '') continue;
    const scheme = name.toLowerCase() === 'socks' ? 'socks5://' : '';
    perScheme.set(name.toLowerCase(), parseProxy(`${scheme}${address}`));
  }
  const proxy = (name: string): Proxy | null =>
    perScheme.get(name) ?? perScheme.get('') ?? perScheme.get('socks') ?? null;
  const pac = values.get('autoconfigurl');
  return {
    source: 'Windows’ settings',
    pac: pac === undefined || pac === '' ? null : pac,
    http: proxy('http'),
    https: proxy('https'),
    bypass: splitBypass(values.get('proxyoverride') ?? ''),
  };
}
