import { parseProxy } from '../proxy-address.ts';
import { NO_RULES, type ProxyRules } from '../proxy-rules.ts';

/** Reads what `gsettings list-recursively org.gnome.system.proxy` prints: `schema key value`, in GVariant's text format. */
export function parseGnomeProxy(text: string): ProxyRules {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const found = /^org\.gnome\.system\.proxy(\S*) (\S+) (.*)$/.exec(line.trim());
    if (found) values.set(`${(found[1] ?? '').replace(/^\./, '')} ${found[2] ?? ''}`.trim(), found[3] ?? '');
  }
  const source = 'GNOME’s settings';
  const string = (key: string): string => strings(values.get(key) ?? '')[0] ?? '';
  switch (string('mode')) {
    case 'auto': {
      const pac = string('autoconfig-url');
      return { ...NO_RULES, source, pac: pac === '' ? null : pac };
    }
    case 'manual': {
      const proxy = (group: string, scheme: string) => {
        const host = string(`${group} host`);
        const port = values.get(`${group} port`) ?? '0';
        return host === '' || port === '0' ? null : parseProxy(`${scheme}://${bracketed(host)}:${port}`);
      };
      const socks = proxy('socks', 'socks5');
      const http = proxy('http', 'http');
      if (http !== null && values.get('http use-authentication') === 'true') {
        http.username = string('http authentication-user') || null;
        http.password = string('http authentication-password') || null;
      }
      const bypass = strings(values.get('ignore-hosts') ?? '');
      return { source, pac: null, http: http ?? socks, https: proxy('https', 'http') ?? socks, bypass };
    }
    default:
      return { ...NO_RULES, source };
  }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** The quoted strings in a GVariant's text. */
const strings = (text: string): string[] =>
  [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map((found) =>
    (found[1] ?? found[2] ?? '').replace(/\\(.)/g, '$1'),
  );
