import { parseProxy, type Proxy } from '../proxy-address.ts';
import type { ProxyRules } from '../proxy-rules.ts';

/** Reads what `scutil --proxy` prints: a dictionary in the text format of property lists. */
export function parseMacProxy(text: string): ProxyRules {
  const values = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(/^\s*(\w+) : ([^<{\n]+)$/gm))
    values.set(key, value.trim());
  const exceptions = /ExceptionsList : <array> \{([^}]*)\}/.exec(text)?.[1] ?? '';
  const bypass = [...exceptions.matchAll(/^\s*\d+ : (.+)$/gm)].map((found) => (found[1] ?? '').trim());
  const proxy = (name: string, scheme: string): Proxy | null => {
    const host = values.get(`${name}Proxy`);
    if (values.get(`${name}Enable`) !== '1' || host === undefined) return null;
    return parseProxy(
      `${scheme}://${host.includes(':') ? `[${host}]` : host}:${values.get(`${name}Port`) ?? ''}`,
    );
  };
  const socks = proxy('SOCKS', 'socks5');
  const pac =
    values.get('ProxyAutoConfigEnable') === '1' ? (values.get('ProxyAutoConfigURLString') ?? null) : null;
  return {
    source: 'the system’s settings',
    pac,
    http: proxy('HTTP', 'http') ?? socks,
    https: proxy('HTTPS', 'http') ?? socks,
    bypass: values.get('ExcludeSimpleHostnames') === '1' ? [...bypass, '<local>'] : bypass,
  };
}
