import { json, type Reply } from '../exchange.ts';
import type { SandboxPerson } from '../people.ts';
import { avatarPath } from '../sign-in-page.ts';
import type { ApiCall } from './route.ts';

export const jiraUser = ({ base, url }: Pick<ApiCall, 'base' | 'url'>, person: SandboxPerson): object => ({
  self: `${base}/rest/api/3/user?accountId=${encodeURIComponent(person.accountId)}`,
  accountId: person.accountId,
  accountType: 'atlassian',
  emailAddress: person.email,
  displayName: person.name,
  avatarUrls: { '48x48': `${url}${avatarPath(person.key)}` },
  active: true,
  timeZone: 'Europe/Berlin',
  locale: 'en_GB',
});

export const noIssue = (): Reply =>
  json(404, {
    errorMessages: ['Issue does not exist or you do not have permission to see it.'],
    errors: {},
  });
