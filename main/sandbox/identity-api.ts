import type { Bearer } from './bearer.ts';
import { scopeMissing } from './bearer.ts';
import { json, type Reply } from './exchange.ts';

/** Where the picture of a person or site is, by key. */
export const avatarPath = (key: string): string => `/avatar/${key}`;

/** `GET /me`. */
export function answerMe({ person, scopes }: Bearer, url: string): Reply {
  if (!scopes.has('read:me')) return scopeMissing();
  return json(200, {
    account_type: 'atlassian',
    account_id: person.accountId,
    email: person.email,
    name: person.name,
    picture: `${url}${avatarPath(person.key)}`,
    account_status: 'active',
    nickname: person.key,
    zoneinfo: 'Europe/Berlin',
    locale: 'en-GB',
    extended_profile: {},
    email_verified: true,
  });
}

const PRODUCTS = [/jira|servicedesk|servicemanagement/, /confluence/];

/** `GET /oauth/token/accessible-resources`: lists a site once for each product that the scopes cover. */
export function answerAccessibleResources({ sites, scopes }: Bearer, url: string): Reply {
  const resources = PRODUCTS.map((product) => [...scopes].filter((scope) => product.test(scope)))
    .filter((productScopes) => productScopes.length > 0)
    .flatMap((productScopes) =>
      sites.map((site) => ({
        id: site.cloudId,
        url: site.url,
        name: site.name,
        scopes: productScopes,
        avatarUrl: `${url}${avatarPath(site.key)}`,
      })),
    );
  return json(200, resources);
}
