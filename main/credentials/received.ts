/** What an `Authorization` or `Proxy-Authorization` header carries. Secret. */
export type Received =
  | { readonly as: 'bearer'; readonly secret: string }
  | { readonly as: 'basic'; readonly username: string; readonly secret: string };

const BASIC = /^basic +([A-Za-z0-9+/=_-]+) *$/i;
const BEARER = /^bearer +(\S+) *$/i;

/** A token (RFC 6750 §2.1), or a user name and password (RFC 7617). Null: anything else. Pure. */
export function receivedCredential(header: string | undefined): Received | null {
  if (header === undefined) return null;
  const token = BEARER.exec(header)?.[1];
  if (token !== undefined) return { as: 'bearer', secret: token };
  const pair = BASIC.exec(header)?.[1];
  if (pair === undefined) return null;
  const text = Buffer.from(pair, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { as: 'basic', username: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** What a 401 asks for (RFC 6750 §3, RFC 7617 §2). `parameters` have no quotes in them. */
export const challengeFor = (scheme: Received['as'], parameters: Readonly<Record<string, string>>): string =>
  `${scheme === 'bearer' ? 'Bearer' : 'Basic'} ${Object.entries(parameters)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`;
