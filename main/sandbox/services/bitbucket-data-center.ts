import { dataCenter } from '../data-center/data-center.ts';
import { json, text } from '../exchange.ts';
import type { SandboxPerson } from '../people.ts';

const WHO_AM_I = '/plugins/servlet/applinks/whoami';

/** Bitbucket Data Center: who one is comes as plain text, empty for nobody. */
export const BITBUCKET = dataCenter({
  provider: 'bitbucket-data-center',
  name: 'Bitbucket Data Center',
  path: '/bitbucket',
  listsTokens: false,
  tokensAsPasswords: true,
  clientCredentials: true,
  repository: 'TRAY/tray',
  anonymous: (path) => (path === WHO_AM_I ? text(200, '') : null),
  reads: [
    [new RegExp(`^${WHO_AM_I}$`), ({ person }) => text(200, person.key)],
    [
      /^\/rest\/api\/(?:1\.0|latest)\/users\/([\w.-]+)$/,
      ({ base, person, argument }) =>
        argument === person.key
          ? json(200, user(base, person))
          : json(404, { errors: [{ context: null, message: `${argument} does not exist.` }] }),
    ],
    [
      /^\/rest\/api\/(?:1\.0|latest)\/projects$/,
      () =>
        json(200, {
          size: 1,
          limit: 25,
          isLastPage: true,
          start: 0,
          values: [{ key: 'TRAY', id: 1, name: 'Tray', public: false, type: 'NORMAL' }],
        }),
    ],
  ],
});

const user = (base: string, { key, email, name }: SandboxPerson): object => ({
  name: key,
  slug: key,
  emailAddress: email,
  displayName: name,
  active: true,
  type: 'NORMAL',
  id: 101,
  links: { self: [{ href: `${base}/users/${key}` }] },
});
