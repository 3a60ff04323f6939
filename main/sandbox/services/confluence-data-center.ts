import { sandboxPages } from '../content.ts';
import { dataCenter } from '../data-center/data-center.ts';
import { json } from '../exchange.ts';

/** Confluence Data Center. */
export const CONFLUENCE = dataCenter({
  provider: 'confluence-data-center',
  name: 'Confluence Data Center',
  path: '/confluence',
  listsTokens: true,
  clientCredentials: true,
  reads: [
    [
      /^\/rest\/api\/user\/current$/,
      ({ base, person }) =>
        json(200, {
          type: 'known',
          username: person.key,
          userKey: `8a7f808a${person.accountId.slice(-4)}`,
          displayName: person.name,
          _links: { self: `${base}/rest/api/user?username=${person.key}`, base },
        }),
    ],
    [
      /^\/rest\/api\/space$/,
      () =>
        json(200, { results: [{ id: 65_537, key: 'TEAM', name: 'Team space', type: 'global' }], size: 1 }),
    ],
    [
      /^\/rest\/api\/content$/,
      () => {
        const results = sandboxPages().map((page) => ({ ...page, type: 'page', status: 'current' }));
        return json(200, { results, start: 0, limit: 25, size: results.length });
      },
    ],
  ],
});
