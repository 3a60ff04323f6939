import { isIP } from 'node:net';

/** Where a client of the proxy wants to go. `host` is in lower case, an IPv6 address without brackets. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

const NAME =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** Names that systems read as addresses, such as `127.1` and `0x7f000001`. */
const NUMERIC = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

/** The target of a CONNECT (RFC 9112 §3.2.3); null if it is none, or its host could be read in several ways. Pure. */
export function parseAuthority(target: string): Destination | null {
  const [, bracketed, plain, digits = ''] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([^[\]:/?#@\s]+)):(\d{1,5})$/.exec(target) ?? [];
  const port = Number(digits);
  if (port < 1 || port > 65_535) return null;
  const host = parseHost(bracketed, plain);
  return host === null ? null : { host, port };
}

/** The parts of an absolute target (RFC 9112 §3.2.2); `target` is its path and query as they were sent. Pure. */
export function parseAbsolute(url: string): (Destination & { target: string }) | null {
  const [, authority = '', target = ''] = /^http:\/\/([^/?#\\]*)(.*)$/i.exec(url) ?? [];
  const found = parseAuthority(/:\d+$/.test(authority) ? authority : `${authority}:80`);
  if (found === null || !/^(?:$|[/?])/.test(target)) return null;
  return { ...found, target: target.startsWith('/') ? target : `/${target}` };
}

function parseHost(bracketed: string | undefined, plain: string | undefined): string | null {
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? bracketed.toLowerCase() : null;
  const host = (plain ?? '').toLowerCase().replace(/\.$/, '');
  if (isIP(host) === 4) return host;
  return NAME.test(host) && !NUMERIC.test(host) ? host : null;
}

/** As it is written in `Host` and in addresses. */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** What `Host` may say for a destination: with its port, or without the usual one. */
export function hostNames({ host, port }: Destination, usualPort: number): ReadonlySet<string> {
  const name = bracketed(host);
  return new Set(port === usualPort ? [name, `${name}:${port}`] : [`${name}:${port}`]);
}
