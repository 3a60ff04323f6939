import { z } from 'zod';
import type { Account, Site } from '../../contract/connection.ts';
import { cleanText } from '../lib/clean-text.ts';
import { isSafeEndpoint } from '../providers/definition.ts';
import { productsOf } from './products.ts';

const MAX_SITES = 1000;

const Person = z.object({
  account_id: z.unknown().optional(),
  sub: z.unknown().optional(),
  name: z.unknown().optional(),
  nickname: z.unknown().optional(),
  preferred_username: z.unknown().optional(),
  email: z.unknown().optional(),
  picture: z.unknown().optional(),
});

/**
 * The account in an answer of Atlassian's `/me` or of a userinfo endpoint (OpenID Connect Core §5.1), cleaned for
 * showing. Null without an id; everything else may be missing.
 */
export function parseAccount(value: unknown): Account | null {
  const parsed = Person.safeParse(value);
  if (!parsed.success) return null;
  const person = parsed.data;
  const id = shortText(person.account_id, 200) || shortText(person.sub, 200);
  if (id === '') return null;
  const email = shortText(person.email, 320);
  const names = [person.name, person.nickname, person.preferred_username].map((name) => shortText(name, 200));
  const picture = shortText(person.picture, 2000);
  return {
    id,
    name: names.find((name) => name !== '') ?? (email || id),
    email: email.includes('@') ? email : null,
    pictureUrl: URL.canParse(picture) && new URL(picture).protocol === 'https:' ? picture : null,
  };
}

const Resource = z.object({
  // It stands in the path of every API address.
  id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  name: z.unknown().optional(),
  url: z.unknown().optional(),
  scopes: z.array(z.unknown()).catch([]),
});

/**
 * The sites in an answer of `/oauth/token/accessible-resources`. One may be listed once per product: entries of one
 * id are merged. Entries without a usable id are left out; null when the answer is no list.
 */
export function parseSites(value: unknown): Site[] | null {
  if (!Array.isArray(value)) return null;
  const found = new Map<string, { name: string; url: string; scopes: string[] }>();
  for (const entry of value as unknown[]) {
    const parsed = Resource.safeParse(entry);
    if (!parsed.success) continue;
    const { id, name, url } = parsed.data;
    const scopes = parsed.data.scopes.filter((scope) => typeof scope === 'string');
    const site = found.get(id);
    if (site) {
      site.scopes.push(...scopes);
      site.url ||= siteUrl(url);
      site.name ||= shortText(name, 200);
    } else if (found.size < MAX_SITES) {
      found.set(id, { name: shortText(name, 200), url: siteUrl(url), scopes });
    }
  }
  return [...found].map(([cloudId, { name, url, scopes }]) => ({
    cloudId,
    name: name || (url ? new URL(url).host : cloudId),
    url,
    products: productsOf(scopes),
  }));
}

/** Without path and query; empty when it is no address that one could open. */
function siteUrl(value: unknown): string {
  return typeof value === 'string' && value.length <= 2000 && isSafeEndpoint(value)
    ? new URL(value).origin
    : '';
}

const shortText = (value: unknown, maxLength: number): string =>
  typeof value === 'string' ? cleanText(value, maxLength) : '';
