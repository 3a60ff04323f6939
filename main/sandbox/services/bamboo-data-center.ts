import { dataCenter } from '../data-center/data-center.ts';
import { json } from '../exchange.ts';

/** Bamboo Data Center. */
export const BAMBOO = dataCenter({
  provider: 'bamboo-data-center',
  name: 'Bamboo Data Center',
  path: '/bamboo',
  listsTokens: false,
  clientCredentials: false,
  reads: [
    [
      /^\/rest\/api\/latest\/currentUser$/,
      ({ person }) => json(200, { name: person.key, fullName: person.name, email: person.email }),
    ],
    [
      /^\/rest\/api\/latest\/project$/,
      () => json(200, { projects: { size: 1, project: [{ key: 'TRAY', name: 'Tray' }] } }),
    ],
  ],
});
