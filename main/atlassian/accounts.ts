import { z } from 'zod';
import type { Account, Site } from '../../contract/connection.ts';
import type { ApiDefinition, WhoAmI } from '../providers/definition.ts';
import { isSafeEndpoint } from '../providers/address.ts';
import { productsOf } from './products.ts';
import { shortText, textAt } from './text-at.ts';

const MAX_SITES = 1000;

/** Names of fields in which services put who somebody is, the most telling ones first. */
const ID = ['account_id', 'accountId', 'sub', 'id', 'uuid', 'userKey', 'key', 'gid', 'username', 'name'];
const NAME = [
  'displayName',
  'display_name',
  'fullName',
  'full_name',
  'publicName',
  'name',
  'nickname',
  'preferred_username',
  'username',
  'login',
];
const EMAIL = ['email', 'emailAddress', 'email_address', 'mail'];
const PICTURE = ['picture', 'avatar_url', 'avatarUrl'];

/**
 * The account in an answer that says who somebody is (Atlassian's `/me`, OpenID Connect Core §5.1, and services of
 * their own form), cleaned for showing. Null without an id; everything else may be missing.
 */
export function accountFrom(
  value: unknown,
  fields: Partial<Pick<WhoAmI, 'id' | 'name' | 'email'>> = {},
): Account | null {
  const read = (own: string | undefined, usual: readonly string[], maxLength: number): string => {
    for (const path of own === undefined ? usual : [own]) {
      const text = textAt(value, path, maxLength);
      if (text !== '') return text;
    }
    return '';
  };
  const id = read(fields.id, ID, 200);
  if (id === '') return null;
  const email = read(fields.email, EMAIL, 320);
  const picture = read(undefined, PICTURE, 2000);
  return {
    id,
    name: read(fields.name, NAME, 200) || email || id,
    email: email.includes('@') ? email : null,
    pictureUrl: URL.canParse(picture) && new URL(picture).protocol === 'https:' ? picture : null,
  };
}

/**
 * The same for Atlassian's `/me` and a userinfo endpoint: only an id that stays the person's counts, for a name would
 * make two people of one who changes it.
 */
export const personFrom = (value: unknown): Account | null =>
  accountFrom(value, { id: 'account_id' }) ?? accountFrom(value, { id: 'sub' });

const Resource = z.lazy(() =>
  z.object({
    // It stands in the path of every API address.
    id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
    name: z.unknown().optional(),
    url: z.unknown().optional(),
    scopes: z.array(z.unknown()).catch([]),
  }),
);

/**
 * The sites in an answer of `/oauth/token/accessible-resources`. One may be listed once per product: entries of one
 * id are merged. Entries without a usable id are left out; null when the answer is no list.
 */
export function parseSites(value: unknown, apis: readonly ApiDefinition[]): Site[] | null {
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
    products: productsOf(scopes, apis),
  }));
}

/** Without path and query; empty when it is no address that one could open. */
function siteUrl(value: unknown): string {
  return typeof value === 'string' && value.length <= 2000 && isSafeEndpoint(value)
    ? new URL(value).origin
    : '';
}

/** An account that nobody names. */
export const unnamed = (name: string): Account => ({ id: '', name, email: null, pictureUrl: null });
