import { isBypassed, splitBypass } from './bypass.ts';
import { DIRECT, parseProxy, type Proxy, type Route } from './proxy-address.ts';

/** What says which proxy to use, once it was read. */
export interface ProxyRules {
  /** Where they are from, for people: `HTTPS_PROXY`, `the system’s settings`. */
  source: string;
  /** Where a PAC file is; it goes before the rest. */
  pac: string | null;
  http: Proxy | null;
  https: Proxy | null;
  bypass: readonly string[];
}

export const NO_RULES: ProxyRules = { source: '', pac: null, http: null, https: null, bypass: [] };

/** Whether any proxy follows from them. */
export const hasProxy = ({ pac, http, https }: ProxyRules): boolean =>
  pac !== null || http !== null || https !== null;

/**
 * The proxy variables, lower case before upper case as in curl; `ALL_PROXY` where there is none for the scheme. One that
 * cannot be read counts as not set.
 */
export function environmentRules(env: Readonly<Record<string, string | undefined>>): ProxyRules {
  const value = (name: string): [string, string] | null => {
    for (const spelling of [name, name.toUpperCase()]) {
      const text = env[spelling]?.trim();
      if (text !== undefined && text !== '') return [spelling, text];
    }
    return null;
  };
  const proxy = (name: string): { name: string; proxy: Proxy } | null => {
    const found = value(name);
    const parsed = found === null ? null : parseProxy(found[1]);
    return found === null || parsed === null ? null : { name: found[0], proxy: parsed };
  };
  const all = proxy('all_proxy');
  const https = proxy('https_proxy') ?? all;
  // A web server's child gets the header `Proxy` of a request as HTTP_PROXY.
  const http = (env['REQUEST_METHOD'] === undefined ? proxy('http_proxy') : null) ?? all;
  return {
    source: (https ?? http)?.name ?? '',
    pac: null,
    http: http?.proxy ?? null,
    https: https?.proxy ?? null,
    bypass: splitBypass(value('no_proxy')?.[1] ?? ''),
  };
}

/** The way to an address by rules without a PAC file. */
export function routeBy(rules: ProxyRules, url: URL): Route {
  const proxy = url.protocol === 'https:' ? rules.https : rules.http;
  return proxy === null || isBypassed(url, rules.bypass) ? DIRECT : [proxy];
}

const PAC_KINDS: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks5',
  SOCKS5: 'socks5',
  SOCKS4: 'socks4',
};

/** Most ways that are tried for one request. */
const MOST_WAYS = 5;

/** The ways that `FindProxyForURL` names, such as `PROXY a:8080; DIRECT`. Direct if it names none that can be used. */
export function routeOfPac(text: string): Route {
  const ways: (Proxy | null)[] = [];
  for (const part of text.split(';')) {
    const [word = '', address = ''] = part.trim().split(/\s+/);
    if (word.toUpperCase() === 'DIRECT') ways.push(null);
    const scheme = PAC_KINDS[word.toUpperCase()];
    const proxy = scheme === undefined || address === '' ? null : parseProxy(`${scheme}://${address}`);
    if (proxy !== null) ways.push(proxy);
  }
  const [first, ...others] = ways.slice(0, MOST_WAYS);
  return first === undefined ? DIRECT : [first, ...others];
}
