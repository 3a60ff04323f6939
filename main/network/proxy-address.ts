/** A proxy on the way to a server. `socks4` resolves names itself (SOCKS 4a), as `socks5` does. */
export interface Proxy {
  kind: 'http' | 'https' | 'socks4' | 'socks5';
  host: string;
  port: number;
  username: string | null;
  password: string | null;
}

/** The ways to try, in this order; null is the direct one. */
export type Route = readonly [Proxy | null, ...(Proxy | null)[]];

export const DIRECT: Route = [null];

const KINDS: Readonly<Record<string, [Proxy['kind'], number]>> = {
  'http:': ['http', 80],
  'https:': ['https', 443],
  'socks:': ['socks5', 1080],
  'socks4:': ['socks4', 1080],
  'socks4a:': ['socks4', 1080],
  'socks5:': ['socks5', 1080],
  'socks5h:': ['socks5', 1080],
};

/** Reads `[scheme://][user[:password]@]host[:port]`; without a scheme it is an HTTP proxy. Null for anything else. */
export function parseProxy(text: string): Proxy | null {
  const address = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
  const known = url === null ? undefined : KINDS[url.protocol];
  if (url === null || known === undefined || url.hostname === '') return null;
  const [kind, port] = known;
  return {
    kind,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? port : Number(url.port),
    username: decoded(url.username),
    password: decoded(url.password),
  };
}

function decoded(part: string): string | null {
  if (part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `host:port` for people, the kind before it if it is not HTTP. Never a user name or password. */
export function proxyName({ kind, host, port }: Proxy): string {
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return kind === 'http' ? address : `${kind}://${address}`;
}
