/** Names under which our own port is reached. Another name that leads here is an attack (DNS rebinding). */
export const ownHosts = (port: number): readonly string[] => [
  `127.0.0.1:${port}`,
  `localhost:${port}`,
  `[::1]:${port}`,
];

/** The two parts of a resource's path as they were sent; null for other paths. */
export function resourceParts(path: string): { connection: string; server: string } | null {
  const [, connection, server] = /^\/([^/?#\\]{1,600})\/([a-z0-9-]{1,63})\/?$/.exec(path) ?? [];
  if (connection === undefined || server === undefined || RESERVED.has(connection)) return null;
  try {
    const decoded = decodeURIComponent(connection);
    return /[\p{Cc}/\\]/u.test(decoded) || decoded === '.' || decoded === '..'
      ? null
      : { connection: decoded, server };
  } catch {
    return null;
  }
}

/** First parts of paths that are no connection. */
const RESERVED = new Set(['.well-known', 'authorize', 'token', 'register', 'revoke']);

/** What a `resource` parameter (RFC 8707) names. */
export type NamedResource =
  | { readonly kind: 'one'; readonly connection: string; readonly server: string }
  /** Every server of a connection: clients may send a parent of the address. */
  | { readonly kind: 'connection'; readonly connection: string }
  /** The origin, as some clients always send it, or nothing, as the oldest do. */
  | { readonly kind: 'any' };

/** Null: not ours. The host's spelling does not matter, nor does a slash at the end. */
export function namedResource(resource: string | null, port: number): NamedResource | null {
  if (resource === null) return { kind: 'any' };
  if (!URL.canParse(resource)) return null;
  const url = new URL(resource);
  const isOurs = url.protocol === 'http:' && ownHosts(port).includes(url.host);
  if (!isOurs || url.username !== '' || url.password !== '' || /[?#]/.test(resource)) return null;
  // As it was sent: parsing would resolve dot segments.
  const path = resource.slice(resource.indexOf('//') + 2).replace(/^[^/]*/, '');
  if (path === '' || path === '/') return { kind: 'any' };
  const parts = resourceParts(path);
  if (parts) return { kind: 'one', ...parts };
  const parent = resourceParts(`${path.replace(/\/$/, '')}/x`);
  return parent ? { kind: 'connection', connection: parent.connection } : null;
}

/** What a resource is called at this host: the exact path that the client configured. */
export const resourceUrl = (host: string, path: string): string => `http://${host}${path}`;

export const RESOURCE_METADATA = '/.well-known/oauth-protected-resource';
export const SERVER_METADATA = '/.well-known/oauth-authorization-server';
