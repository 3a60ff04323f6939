import { expect, it } from 'vitest';
import type { Rule, Rules } from '../../../../contract/gateway.ts';
import {
  nearestOperation,
  ruleWarnings,
  unknownOperations,
} from '../../../../main/consumers/rules/explain.ts';
import { ruleBook } from '../../../../main/consumers/rules/rule-book.ts';
import { summaryOf } from '../../../../main/consumers/rules/summary.ts';
import { ruleWords } from '../../../../main/consumers/rules/words.ts';
import { factsFrom, rule } from './request.ts';

it.each<[Rule, string]>([
  [rule('allow'), 'Allow everything.'],
  [rule('allow', { operations: ['read'] }), 'Allow reading.'],
  [rule('ask', { operations: ['change'], apis: ['jira'] }), 'Ask me about changes in Jira.'],
  [
    rule('ask', { operations: ['jira.create-issues', 'jira.comment'], projects: ['ABC'] }),
    'Ask me about “Create issues” and “Write comments”, in project ABC.',
  ],
  [rule('refuse', { apis: ['jira', 'bitbucket', 'x'] }), 'Refuse everything in Jira, bitbucket and x.'],
  [
    rule('refuse', { methods: ['PUT', 'DELETE'], paths: ['/2.0/*'] }),
    'Refuse everything, sent as PUT or DELETE, at /2.0/*.',
  ],
  [rule('allow', { spaces: ['DOC', 'OPS'] }), 'Allow everything, in spaces DOC or OPS.'],
  [rule('allow', { operations: ['jira.someday'] }), 'Allow “jira.someday”.'],
  [
    rule('allow', { projects: Array.from({ length: 9 }, (_, n) => `P${n}`) }),
    'Allow everything, in projects P0, P1, P2, P3, P4 or 4 more.',
  ],
  [rule('allow', { projects: ['A\u202eB'] }), 'Allow everything, in project A B.'],
])('%j is “%s”', (given, words) => {
  expect(ruleWords(given)).toBe(words);
});

it.each<[Rules, RegExp[]]>([
  [[], [/^There is no rule, so everything is refused/]],
  [[rule('allow')], []],
  [[rule('allow', { operations: ['read'] }), rule('ask', { operations: ['change'] })], []],
  [[rule('refuse', { operations: ['read'] })], [/^No rule allows anything/]],
  [
    [rule('allow', { projects: ['ABC'], apis: ['confluence'] })],
    [/never applies: projects are in Jira alone/],
  ],
  [[rule('allow', { spaces: ['ABC'], apis: ['jira'] })], [/never applies: spaces are in Confluence alone/]],
  [[rule('allow', { projects: ['ABC'], spaces: ['DOC'] })], [/make two rules of it/]],
  [
    [rule('allow', { apis: ['jira'], operations: ['confluence.comment'] })],
    [/its operations belong to other APIs/],
  ],
  [[rule('allow', { projects: ['ABC'], operations: ['confluence.comment'] })], [/not in any project/]],
  [[rule('allow', { projects: ['ABC'], operations: ['jira.read-people'] })], [/about no project or space/]],
  [[rule('allow', { operations: ['jira.create-isues'] })], [/nearest is “jira.create-issues”/]],
  [
    [rule('allow'), rule('refuse', { projects: ['ABC'] })],
    [/also applies where nobody can tell the project/],
  ],
  [
    [
      rule('allow', { operations: ['jira.comment'], projects: ['abc'] }),
      rule('refuse', { operations: ['change'] }),
    ],
    [/never applies, because a stricter rule covers it: “Refuse changes”/],
  ],
  [
    [rule('allow', { apis: ['jira'] }), rule('ask')],
    [/never applies, because you are asked first: “Ask me about everything”/],
  ],
])('%j: %j', (rules, warnings) => {
  const said = ruleWarnings(rules);
  expect(said).toHaveLength(warnings.length);
  for (const [index, warning] of warnings.entries()) expect(said[index]).toMatch(warning);
});

it('knows the operations that do not exist, and the nearest that do', () => {
  expect(unknownOperations([rule('allow', { operations: ['read', 'jira.search', 'reed'] })])).toEqual([
    'reed',
  ]);
  expect(nearestOperation('reed')).toBe('read');
  expect(nearestOperation('Jira.Comments')).toBe('jira.comment');
});

it('gives rules with their words, and operations', () => {
  expect(ruleBook.explain({ rules: [rule('allow')] })).toEqual({
    rules: [{ then: 'allow', words: 'Allow everything.' }],
    warnings: [],
  });
  expect(ruleBook.operations()).toContainEqual({
    id: 'jira.comment',
    api: 'jira',
    name: 'Write comments',
    reads: false,
  });
});

it.each<[string, unknown, string]>([
  [
    'jira POST /rest/api/3/issue',
    { fields: { project: { key: 'ABC' }, summary: 'Printer is on fire' } },
    'Create an issue in ABC: “Printer is on fire”',
  ],
  ['jira POST /rest/api/3/issue', undefined, 'Create an issue'],
  ['jira POST /rest/api/3/issue/bulk', { issueUpdates: [{}, {}] }, 'Create 2 issues'],
  [
    'jira PUT /rest/api/3/issue/abc-1',
    { fields: { summary: 'x', priority: {} } },
    'Edit issue ABC-1: summary, priority',
  ],
  ['jira DELETE /rest/api/3/issue/ABC-1', undefined, 'Delete issue ABC-1'],
  [
    'jira POST /rest/api/3/issue/ABC-1/comment',
    {
      body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Done\nnow' }] }] },
    },
    'Comment on issue ABC-1: “Done now”',
  ],
  ['jira POST /rest/api/3/issue/ABC-1/transitions', {}, 'Move issue ABC-1 through its workflow'],
  ['jira POST /rest/api/3/version', {}, 'Change versions and components: POST /rest/api/3/version'],
  ['confluence DELETE /wiki/api/v2/pages/1234', undefined, 'Delete page 1234'],
  ['confluence DELETE /rest/api/content/1234', undefined, 'Delete page 1234'],
  [
    'confluence POST /wiki/rest/api/content',
    { space: { key: 'DOC' }, title: 'Plan' },
    'Create a page in DOC: “Plan”',
  ],
  ['confluence PUT /wiki/api/v2/pages/7', { title: 'Plan' }, 'Change page 7: “Plan”'],
  ['confluence POST /wiki/api/v2/footer-comments', { pageId: '7' }, 'Comment on page 7'],
  ['bitbucket POST /2.0/snippets', {}, 'POST /2.0/snippets'],
  [
    'jira POST /rest/api/3/issue',
    { fields: { summary: 'password=hunter2hunter2 \u202e' } },
    'Create an issue: “password=‹redacted›',
  ],
])('%s %j: %s', (request, body, summary) => {
  const [, , path = ''] = request.split(' ');
  expect(summaryOf(factsFrom(request), path, body)).toContain(summary);
});
