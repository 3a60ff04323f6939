import { expect, test } from 'vitest';
import { SANDBOX_APP } from '../../../main/sandbox/app-registration.ts';
import { SANDBOX_PEOPLE } from '../../../main/sandbox/people.ts';
import { answerApi } from '../../../main/sandbox/product-api.ts';
import { sandboxRequest, sandboxState } from './sandbox-fixture.ts';

const ACME = SANDBOX_PEOPLE[0]!.sites[0]!.cloudId;
const JIRA = `/ex/jira/${ACME}/rest/api/3`;
const WIKI = `/ex/confluence/${ACME}/wiki`;

function ask(
  path: string,
  scope: string,
  { person = 'ana', method = 'GET', body = '' } = {},
): {
  status: number;
  value: unknown;
} {
  const state = sandboxState();
  const { clientId } = SANDBOX_APP;
  const grant = state.grants.consent({ clientId, person, scopes: scope.split(' '), sites: 'all' });
  const iat = state.clock.now() / 1000;
  const token = state.mint.accessToken({
    grant: grant.id,
    sub: person,
    client_id: clientId,
    scope,
    iat,
    exp: iat + 60,
  });
  const headers = { authorization: `Bearer ${token}` };
  const { status, body: text } = answerApi(state, sandboxRequest(path, { headers, method, body }));
  return { status, value: JSON.parse(text) };
}

test.each([
  ['/me', 'read:me', 'read:jira-user'],
  [`${JIRA}/myself`, 'read:jira-user', 'read:jira-work'],
  [`${JIRA}/project/search`, 'read:jira-work', 'read:jira-user'],
  [`${JIRA}/issue/TRAY-1`, 'read:jira-work', 'read:jira-user'],
  [`${JIRA}/search/jql?jql=x`, 'read:issue:jira', 'read:me'],
  [`${JIRA}/serverInfo`, 'read:jira-work', 'read:confluence-user'],
  [`${WIKI}/rest/api/user/current`, 'read:confluence-user', 'read:jira-user'],
  [`${WIKI}/rest/api/space`, 'read:confluence-space.summary', 'read:confluence-user'],
  // Classic scopes do not open Confluence's v2 API.
  [`${WIKI}/api/v2/spaces`, 'read:space:confluence', 'read:confluence-space.summary'],
  [`${WIKI}/api/v2/pages`, 'read:page:confluence', 'read:confluence-content.all'],
])('%s wants the scope %s', (path, scope, other) => {
  expect(ask(path, scope).status).toBe(200);
  expect(ask(path, other)).toEqual({
    status: 401,
    value: { code: 401, message: 'Unauthorized; scope does not match' },
  });
});

test.each([
  `/ex/jira/${ACME}`,
  `/ex/jira/${ACME}/rest/api/3/nothing`,
  `/ex/jira/unknown/rest/api/3/myself`,
  `/ex/bitbucket/${ACME}/x`,
  `/ex/`,
  `${JIRA}/issue/TRAY-99`,
])('%s is not found', (path) => {
  expect(ask(path, 'read:jira-work read:jira-user').status).toBe(404);
});

test('a site stands among the resources once for each product that the scopes reach', () => {
  const path = '/oauth/token/accessible-resources';
  const products = (scope: string, person?: string): unknown =>
    (ask(path, scope, person === undefined ? {} : { person }).value as { scopes: string[] }[]).map(
      ({ scopes }) => scopes.join(' '),
    );
  expect(products('read:me read:jira-work read:confluence-user', 'chloe')).toEqual([
    'read:jira-work',
    'read:confluence-user',
  ]);
  expect(products('read:jira-work', 'ana')).toEqual(['read:jira-work', 'read:jira-work']);
  expect(products('read:me')).toEqual([]);
  expect(products('read:jira-work', 'noor')).toEqual([]);
});

test('search: by project, page by page, only the fields that were asked for', () => {
  const search = (query: string): unknown => ask(`${JIRA}/search/jql?${query}`, 'read:jira-work').value;
  expect(search('jql=project%3DOPS&fields=summary,status&maxResults=1')).toMatchObject({
    issues: [{ key: 'OPS-1', fields: { summary: 'Rotate the on-call list', status: { name: 'To Do' } } }],
    isLast: false,
    nextPageToken: '1',
  });
  expect(search('jql=project%3DOPS&nextPageToken=1')).toEqual({ issues: [{ id: '10104' }], isLast: true });
  const posted = ask(`${JIRA}/search/jql`, 'read:jira-work', { method: 'POST', body: 'null' });
  expect(posted.status).toBe(400);
});
