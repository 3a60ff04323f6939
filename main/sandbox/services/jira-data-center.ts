import { sandboxIssues, sandboxProjects } from '../content.ts';
import { dataCenter } from '../data-center/data-center.ts';
import { json } from '../exchange.ts';

/** Jira Data Center, REST API 2. */
export const JIRA = dataCenter({
  provider: 'jira-data-center',
  name: 'Jira Data Center',
  path: '/jira',
  listsTokens: true,
  clientCredentials: true,
  anonymous: (path) => (path === '/rest/api/2/serverInfo' ? json(200, SERVER_INFO) : null),
  reads: [
    [
      /^\/rest\/api\/(?:2|latest)\/myself$/,
      ({ base, person }) =>
        json(200, {
          self: `${base}/rest/api/2/user?username=${person.key}`,
          key: `JIRAUSER1010${person.key.length}`,
          name: person.key,
          emailAddress: person.email,
          displayName: person.name,
          active: true,
          deleted: false,
          timeZone: 'Europe/Berlin',
          locale: 'en_GB',
        }),
    ],
    [/^\/rest\/api\/(?:2|latest)\/serverInfo$/, ({ base }) => json(200, { baseUrl: base, ...SERVER_INFO })],
    [/^\/rest\/api\/(?:2|latest)\/project$/, () => json(200, sandboxProjects())],
    [
      /^\/rest\/api\/(?:2|latest)\/search$/,
      () => {
        const issues = sandboxIssues().map(({ id, key, summary }) => ({ id, key, fields: { summary } }));
        return json(200, { startAt: 0, maxResults: 50, total: issues.length, issues });
      },
    ],
  ],
});

const SERVER_INFO = {
  version: '10.3.0',
  versionNumbers: [10, 3, 0],
  deploymentType: 'Server',
  buildNumber: 10_030_000,
  serverTitle: 'Acme Jira',
};
