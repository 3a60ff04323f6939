import { expect, it } from 'vitest';
import { allOperations } from '../../../../main/consumers/operations/operations.ts';
import { overridesMethod } from '../../../../main/consumers/rules/request-facts.ts';
import { factsFrom } from './request.ts';

/** One request of Cloud, and one of Data Center where it has the operation. */
const REAL: Readonly<Record<string, readonly string[]>> = {
  'jira.search': ['GET /rest/api/3/search/jql', 'POST /rest/api/2/search'],
  'jira.create-issues': ['POST /rest/api/3/issue', 'POST /rest/api/2/issue/bulk'],
  'jira.delete-issues': ['DELETE /rest/api/3/issue/ABC-1', 'PUT /rest/api/2/issue/ABC-1/archive'],
  'jira.comment': ['POST /rest/api/3/issue/ABC-1/comment', 'PUT /rest/api/2/issue/ABC-1/comment/7'],
  'jira.delete-comments': ['DELETE /rest/api/latest/issue/ABC-1/comment/7'],
  'jira.transition': ['POST /rest/api/3/issue/ABC-1/transitions', 'POST /rest/api/2/issue/1/transitions'],
  'jira.attach': ['POST /rest/api/3/issue/ABC-1/attachments', 'POST /rest/api/2/issue/ABC-1/attachments'],
  'jira.delete-attachments': ['DELETE /rest/api/3/attachment/5', 'DELETE /rest/api/2/attachment/5'],
  'jira.worklog': ['POST /rest/api/3/issue/ABC-1/worklog', 'DELETE /rest/api/2/issue/ABC-1/worklog/3'],
  'jira.link-issues': ['POST /rest/api/3/issueLink', 'POST /rest/api/2/issue/ABC-1/remotelink'],
  'jira.watch-and-vote': ['POST /rest/api/3/issue/ABC-1/watchers', 'DELETE /rest/api/2/issue/ABC-1/votes'],
  'jira.notify': ['POST /rest/api/3/issue/ABC-1/notify', 'POST /rest/api/2/issue/ABC-1/notify'],
  'jira.read-issues': [
    'GET /rest/api/3/issue/ABC-1/comment',
    'HEAD /rest/api/3/issue/ABC-1',
    'POST /rest/api/3/issue/bulkfetch',
    'GET /secure/attachment/10/report.pdf',
  ],
  'jira.edit-issues': ['PUT /rest/api/3/issue/ABC-1', 'PUT /rest/api/2/issue/ABC-1/assignee'],
  'jira.read-boards': ['GET /rest/agile/1.0/board/3/sprint', 'GET /rest/greenhopper/1.0/rapidview'],
  'jira.boards-and-sprints': ['POST /rest/agile/1.0/sprint', 'DELETE /rest/agile/1.0/board/3'],
  'jira.read-projects': ['GET /rest/api/3/project/search', 'GET /rest/api/2/project/ABC/versions'],
  'jira.versions-and-components': ['POST /rest/api/3/version', 'DELETE /rest/api/2/component/3'],
  'jira.read-filters': ['GET /rest/api/3/filter/my', 'GET /rest/api/2/dashboard'],
  'jira.filters-and-dashboards': ['POST /rest/api/3/filter', 'DELETE /rest/api/2/filter/4'],
  'jira.read-service-requests': ['GET /rest/servicedeskapi/request/ABC-1'],
  'jira.service-requests': ['POST /rest/servicedeskapi/request'],
  'jira.read-people': ['GET /rest/api/3/myself', 'GET /rest/api/2/user/search', 'GET /rest/auth/1/session'],
  'jira.read-audit-log': ['GET /rest/api/3/auditing/record', 'GET /rest/api/2/auditing/record'],
  'jira.read-settings': ['GET /rest/api/3/field', 'POST /rest/api/3/jql/parse', 'GET /rest/api/2/serverInfo'],
  'jira.administer': [
    'POST /rest/api/3/project',
    'DELETE /rest/api/2/project/ABC',
    'PUT /rest/api/3/field/1',
  ],
  'confluence.search': ['GET /wiki/rest/api/search', 'GET /rest/api/content/search'],
  'confluence.create-pages': ['POST /wiki/api/v2/pages', 'POST /rest/api/content'],
  'confluence.delete-pages': ['DELETE /wiki/api/v2/pages/1', 'DELETE /rest/api/content/1'],
  'confluence.comment': ['POST /wiki/api/v2/footer-comments', 'POST /wiki/rest/api/content/1/child/comment'],
  'confluence.delete-comments': ['DELETE /wiki/api/v2/inline-comments/1'],
  'confluence.attach': [
    'PUT /wiki/rest/api/content/1/child/attachment',
    'POST /rest/api/content/1/child/attachment/2/data',
  ],
  'confluence.delete-attachments': [
    'DELETE /wiki/api/v2/attachments/1',
    'DELETE /rest/api/content/1/child/attachment/2',
  ],
  'confluence.label': ['POST /wiki/rest/api/content/1/label', 'DELETE /rest/api/content/1/label/x'],
  'confluence.restrict-pages': [
    'PUT /wiki/rest/api/content/1/restriction',
    'PUT /rest/api/content/1/restriction',
  ],
  'confluence.tasks': ['PUT /wiki/api/v2/tasks/1'],
  'confluence.watch-and-like': [
    'POST /wiki/rest/api/user/watch/content/1',
    'POST /rest/api/user/watch/space/DOC',
  ],
  'confluence.read-pages': [
    'GET /wiki/api/v2/pages/1/children',
    'GET /rest/api/content/1',
    'GET /download/attachments/1/report.pdf',
    'POST /wiki/rest/api/contentbody/convert/async/view',
  ],
  'confluence.change-pages': [
    'PUT /wiki/api/v2/pages/1',
    'PUT /rest/api/content/1',
    'PUT /wiki/rest/api/content/1/move/append/2',
  ],
  'confluence.read-spaces': ['GET /wiki/api/v2/spaces', 'GET /rest/api/space/DOC'],
  'confluence.read-people': ['GET /wiki/rest/api/user/current', 'GET /rest/api/group'],
  'confluence.read-audit-log': ['GET /wiki/rest/api/audit', 'GET /rest/api/audit'],
  'confluence.read-settings': ['GET /wiki/rest/api/settings/theme'],
  'confluence.administer': [
    'POST /wiki/rest/api/space',
    'DELETE /rest/api/space/DOC',
    'POST /wiki/api/v2/spaces',
  ],
  'git.fetch': [
    'GET /acme/tray.git/info/refs',
    'POST /acme/tray.git/git-upload-pack',
    'POST /~ana/tray.git/git-upload-pack',
  ],
  'git.push': ['POST /acme/tray.git/git-receive-pack'],
};

it('has a real request for each operation, and no other operation takes it', () => {
  expect(Object.keys(REAL).sort()).toEqual(
    allOperations()
      .map(({ id }) => id)
      .sort(),
  );
  for (const { id, api, reads } of allOperations())
    for (const request of REAL[id] ?? []) {
      const { operations, kind } = factsFrom(`${api} ${request}`);
      expect([request, operations, kind]).toEqual([request, [id], reads ? 'read' : 'change']);
    }
});

it.each([
  // However a service may read it.
  ['jira DELETE /rest/api/3/issue;x=1/ABC-1', 'jira.delete-issues', 'change'],
  ['jira POST /rest/api/2/issue.json', 'jira.create-issues', 'change'],
  ['jira POST /REST/api/latest/Issue/', 'jira.create-issues', 'change'],
  ['jira POST /rest/api/2/%69ssue', 'jira.create-issues', 'change'],
  ['jira OPTIONS /rest/api/2/issue/ABC-1', 'jira.read-issues', 'read'],
  // Nobody knows what these do, also when they are read with GET.
  ['jira GET /rest/scriptrunner/latest/custom/close-all', undefined, 'change'],
  ['jira GET /secure/DeleteIssue.jspa', undefined, 'change'],
  ['confluence GET /pages/doremovepage.action', undefined, 'change'],
  ['jira POST /gateway/api/graphql', undefined, 'change'],
  // Other services are known by method alone.
  ['bitbucket GET /2.0/repositories', undefined, 'read'],
  ['bitbucket HEAD /2.0/repositories', undefined, 'read'],
  ['bitbucket POST /2.0/repositories', undefined, 'change'],
])('%s is %s, a %s', (request, operation, kind) => {
  const facts = factsFrom(request);
  expect([facts.operations[0], facts.kind]).toEqual([operation, kind]);
});

it('tells the products of a Cloud site’s own address by their paths', () => {
  expect(factsFrom('jira@site DELETE /wiki/api/v2/pages/1')).toMatchObject({
    api: 'confluence',
    asked: 'jira',
    operations: ['confluence.delete-pages'],
  });
  expect(factsFrom('confluence@site DELETE /rest/api/3/issue/ABC-1')).toMatchObject({
    api: 'jira',
    operations: ['jira.delete-issues'],
  });
  expect(factsFrom('confluence DELETE /rest/api/content/1')).toMatchObject({ api: 'confluence' });
});

it.each([
  ['', false],
  ['?jql=method%20=%20x', false],
  ['?method=GET', false],
  ['?_method=DELETE', true],
  ['?a=1&_HttpMethod=DELETE', true],
  ['?%5Fmethod=DELETE', true],
  ['?_%6Dethod=DELETE', true],
  ['?X-HTTP-Method-Override=DELETE', true],
])('%s overrides the method: %s', (query, overrides) => {
  expect(overridesMethod(query)).toBe(overrides);
});
