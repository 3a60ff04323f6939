import { sandboxPages } from './content.ts';
import { json } from './exchange.ts';
import type { ApiCall, Route } from './product-route.ts';

const SPACE = { id: 65_537, key: 'TEAM', name: 'Team space' };

/** Confluence Cloud, under `/ex/confluence/{cloudId}`. The v2 API takes granular scopes only, as at Atlassian. */
export const CONFLUENCE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/wiki\/rest\/api\/user\/current$/,
    scopes: ['read:confluence-user', 'read:user:confluence'],
    answer: ({ bearer: { person } }) =>
      json(200, {
        type: 'known',
        accountId: person.accountId,
        accountType: 'atlassian',
        email: person.email,
        publicName: person.name,
        displayName: person.name,
      }),
  },
  {
    method: 'GET',
    path: /^\/wiki\/rest\/api\/space$/,
    scopes: ['read:confluence-space.summary', 'read:space:confluence'],
    answer: (call) =>
      json(200, {
        results: [{ ...SPACE, type: 'global', status: 'current' }],
        start: 0,
        limit: 25,
        size: 1,
        ...links(call),
      }),
  },
  {
    method: 'GET',
    path: /^\/wiki\/api\/v2\/spaces$/,
    scopes: ['read:space:confluence'],
    answer: (call) =>
      json(200, {
        results: [{ ...SPACE, id: String(SPACE.id), type: 'global', status: 'current' }],
        ...links(call),
      }),
  },
  {
    method: 'GET',
    path: /^\/wiki\/api\/v2\/pages$/,
    scopes: ['read:page:confluence'],
    answer: (call) =>
      json(200, {
        results: sandboxPages().map((page) => ({
          ...page,
          status: 'current',
          spaceId: String(SPACE.id),
          authorId: call.bearer.person.accountId,
        })),
        ...links(call),
      }),
  },
];

const links = ({ site }: ApiCall): object => ({ _links: { base: `${site.url}/wiki` } });
