import { splitBypass } from '../bypass.ts';
import { parseProxy, type Proxy } from '../proxy-address.ts';
import { environmentRules, NO_RULES, type ProxyRules } from '../proxy-rules.ts';

/** Reads KDE's `kioslaverc` (KIO's `KProtocolManager`): type 1 by hand, 2 a PAC file, 4 names of variables. */
export function parseKdeProxy(
  text: string,
  env: Readonly<Record<string, string | undefined>> = {},
): ProxyRules {
  const values = section(text, 'Proxy Settings');
  const value = (key: string): string => values.get(key) ?? '';
  const source = 'KDE’s settings';
  switch (value('ProxyType')) {
    case '1': {
      const http = proxy(value('httpProxy'));
      const socks = proxy(value('socksProxy'), 'socks5');
      const https = proxy(value('httpsProxy')) ?? socks;
      return { source, pac: null, http: http ?? socks, https, bypass: splitBypass(value('NoProxyFor')) };
    }
    case '2': {
      const pac = value('Proxy Config Script');
      return { ...NO_RULES, source, pac: pac === '' ? null : pac };
    }
    case '4': {
      const variable = (key: string): string | undefined => env[value(key)] ?? env['ALL_PROXY'];
      return {
        ...environmentRules({
          http_proxy: variable('httpProxy'),
          https_proxy: variable('httpsProxy'),
          no_proxy: env[value('NoProxyFor')],
        }),
        source,
      };
    }
    default:
      return { ...NO_RULES, source };
  }
}

/** KDE writes `http://host 8080`, and newer releases `http://host:8080`. */
function proxy(text: string, scheme = 'http'): Proxy | null {
  const address = text.trim().replace(/\s+(\d+)\/?$/, ':$1');
  if (address === '') return null;
  return parseProxy(scheme === 'socks5' ? address.replace(/^(?:\w+:\/\/)?/, 'socks5://') : address);
}

function section(text: string, name: string): Map<string, string> {
  const values = new Map<string, string>();
  let inside = false;
  for (const line of text.split('\n')) {
    const heading = /^\[(.*)\]\s*$/.exec(line);
    if (heading) inside = heading[1] === name;
    const found = /^([^=[]+?)(?:\[\$e\])?=(.*)$/.exec(line);
    if (inside && found) values.set((found[1] ?? '').trim(), (found[2] ?? '').trim());
  }
  return values;
}
