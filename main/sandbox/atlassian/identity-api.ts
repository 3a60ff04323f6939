import { allows, scopeMissing, type Caller } from '../caller.ts';
import { json, type Reply } from '../exchange.ts';
import { avatarPath } from '../sign-in-page.ts';

/** `GET /me`. */
export function answerMe(caller: Caller, url: string): Reply {
  const { person } = caller;
  if (!allows(caller, [['read:me']])) return scopeMissing();
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
export function answerAccessibleResources({ sites, scopes }: Caller, url: string): Reply {
  const resources = PRODUCTS.map((product) =>
    (scopes === 'all' ? [] : [...scopes]).filter((scope) => product.test(scope)),
  )
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
