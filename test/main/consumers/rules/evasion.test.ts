import { expect, it } from 'vitest';
import type { Rule, Rules } from '../../../../contract/gateway.ts';
import { operationsInBody } from '../../../../main/consumers/rules/body-operations.ts';
import { parsedBody } from '../../../../main/consumers/rules/parsed-body.ts';
import { summaryOf } from '../../../../main/consumers/rules/summary.ts';
import { decideAbout, factsFrom, placesOf, rule } from './request.ts';

const NO_DELETES = [rule('allow'), rule('refuse', { operations: ['jira.delete-issues'] })];
const NO_SPACE = [rule('allow'), rule('refuse', { spaces: ['HR'] })];

it.each<[Rules, string, Rule['then']]>([
  // Nobody knows what these do, so it may be what is refused.
  [NO_DELETES, 'jira POST /secure/DeleteIssue.jspa', 'refuse'],
  [NO_DELETES, 'jira DELETE /rest/api/2.0.alpha1/issue/ABC-1', 'refuse'],
  [NO_DELETES, 'jira@site POST /gateway/api/graphql', 'refuse'],
  [[rule('allow'), rule('ask', { operations: ['change'] })], 'jira POST /secure/X.jspa', 'ask'],
  [[rule('allow'), rule('refuse', { operations: ['read'] })], 'jira GET /secure/views/x', 'refuse'],
  [NO_DELETES, 'jira GET /rest/api/3/issue/ABC-1', 'allow'],
  [NO_DELETES, 'jira PUT /rest/api/3/issue/ABC-1', 'allow'],
  [NO_DELETES, 'bitbucket POST /2.0/repositories', 'allow'],
  [NO_DELETES, 'confluence POST /pages/odd.action', 'allow'],
  // At a Cloud site's own address it may be either product.
  [[rule('allow', { apis: ['jira'] })], 'jira@site POST /gateway/api/graphql', 'refuse'],
  [
    [rule('allow'), rule('refuse', { apis: ['confluence'] })],
    'jira@site POST /gateway/api/graphql',
    'refuse',
  ],
  [NO_SPACE, 'jira@site POST /gateway/api/graphql', 'refuse'],
  [NO_SPACE, 'jira POST /rest/odd', 'allow'],
  [[rule('allow', { apis: ['jira'] })], 'jira@site GET /rest/api/3/issue/ABC-1', 'allow'],
  // So may a tool of an MCP server, which is not known by operation.
  [NO_DELETES, 'mcp POST /tools/call/deleteIssue', 'refuse'],
  [NO_DELETES, 'mcp GET /tools/call/getIssue', 'allow'],
  [NO_DELETES, 'mcp GET /tools/list', 'allow'],
  [NO_SPACE, 'mcp-atlassian GET /tools/call/get_page', 'refuse'],
  [NO_SPACE, 'mcp-atlassian GET /tools/list', 'allow'],
  [NO_SPACE, 'mcp-atlassian GET /initialize', 'allow'],
  [[rule('allow', { apis: ['mcp'] })], 'mcp POST /tools/call/deleteIssue', 'allow'],
  [[rule('allow'), rule('refuse', { apis: ['jira'] })], 'mcp POST /tools/call/deleteIssue', 'refuse'],
])('%j: %s → %s', (rules, request, then) => {
  expect(decideAbout(rules, request).then).toBe(then);
});

it('a page of settings that nobody knows may be about any project', async () => {
  expect(await placesOf('jira GET /rest/api/3/unheard-of/SECRET')).toEqual({ keys: [], certain: false });
  expect(await placesOf('jira GET /rest/api/3/field')).toEqual({ keys: [], certain: true });
});

const ASKS = { '/wiki/api/v2/pages/7': { spaceId: '70' }, '/wiki/api/v2/spaces/70': { key: 'DOC' } };
const V1 = { '/wiki/rest/api/content/7?expand=space': { space: { key: 'DOC' } } };

it.each<[string, unknown, readonly string[], boolean]>([
  ['jira POST /rest/agile/1.0/board?projectKeyOrId=ABC', {}, [], false],
  [
    'jira PUT /rest/api/3/issue/ABC-1',
    { update: { issuelinks: [{ add: { outwardIssue: { key: 'XYZ-1' } } }] } },
    ['ABC', 'XYZ'],
    true,
  ],
  ['jira PUT /rest/api/3/issue/ABC-1', { update: { issuelinks: { add: {} } } }, ['ABC'], false],
  ['jira PUT /rest/api/3/issue/ABC-1', { update: { project: { set: { key: 'XYZ' } } } }, ['ABC'], false],
  [
    'jira POST /rest/api/3/issue/ABC-1/worklog/move',
    { ids: [1], issueIdOrKey: 'XYZ-1' },
    ['ABC', 'XYZ'],
    true,
  ],
  ['jira POST /rest/api/3/issue/ABC-1/worklog/move', undefined, ['ABC'], false],
  ['jira POST /rest/api/3/issue/ABC-1/worklog', undefined, ['ABC'], true],
  [
    'confluence PUT /wiki/rest/api/content/7/child/attachment/att9',
    { container: { id: '8' } },
    ['DOC'],
    false,
  ],
  ['confluence PUT /wiki/rest/api/content/7', { ancestors: { id: '8' } }, ['DOC'], false],
  ['confluence POST /wiki/api/v2/custom-content', { spaceId: '70', pageId: '8' }, ['DOC'], false],
  ['confluence POST /wiki/api/v2/footer-comments', { pageId: '7', parentCommentId: '8' }, [], false],
])('%s %j → %j, certain: %s', async (request, body, keys, certain) => {
  const places = await placesOf(request, body, { ...ASKS, ...V1 });
  expect(places).toEqual({ keys, certain });
});

it.each<[string, unknown, readonly string[]]>([
  [
    'jira PUT /rest/api/3/issue/ABC-1',
    { issueUpdates: [], update: { comment: [] } },
    ['jira.edit-issues', 'jira.comment'],
  ],
  ['jira PUT /rest/api/3/issue/ABC-1', { fields: { comment: {} } }, ['jira.edit-issues', 'jira.comment']],
  [
    'jira POST /rest/api/3/issue/bulk',
    { issueUpdates: { update: { comment: [] } } },
    ['jira.create-issues', 'jira.comment', 'jira.worklog', 'jira.link-issues', 'jira.transition'],
  ],
  [
    'confluence POST /wiki/rest/api/content',
    { type: 'Comment' },
    ['confluence.create-pages', 'confluence.comment'],
  ],
  ['confluence POST /wiki/rest/api/content', { type: 'page' }, ['confluence.create-pages']],
])('%s %j does %j', (request, body, operations) => {
  expect(operationsInBody(factsFrom(request), body)).toEqual(operations);
});

it.each([
  ['two keys of one name', '{"fields":{"project":{"key":"XYZ"}},"fields":{"project":{"key":"ABC"}}}'],
  ['two keys of one name, one of them escaped', '{"update":{},"upd\\u0061te":{}}'],
  ['two keys of one name, deeper', '{"a":[{"b":1,"b":2}]}'],
])('a body with %s is none that can be read', async (_, text) => {
  expect(
    await parsedBody({ contentType: 'application/json', body: () => Promise.resolve(Buffer.from(text)) }),
  ).toBe(undefined);
});

it('the person sees what an edit does besides, and how much is not shown', () => {
  const facts = factsFrom('jira PUT /rest/api/3/issue/ABC-1');
  const fields = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`f${index}`, 1]));
  expect(summaryOf(facts, '/', { fields, transition: { id: 1 } })).toBe(
    'Edit issue ABC-1: f0, f1, f2, f3, f4, 2 more, transition',
  );
});
