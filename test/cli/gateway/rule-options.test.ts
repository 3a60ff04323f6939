import { expect, it } from 'vitest';
import { readRules, rulesOf, type RuleOptions } from '../../../cli/gateway/rule-options.ts';

it.each<[RuleOptions, ReturnType<typeof rulesOf>]>([
  [{ 'read-only': true }, [{ then: 'allow', operations: ['read'] }]],
  [
    { 'read-only': true, project: 'ABC, DEF' },
    [{ then: 'allow', operations: ['read'], projects: ['ABC', 'DEF'] }],
  ],
  [
    { allow: 'read,jira.comment', method: 'get,post' },
    [{ then: 'allow', operations: ['read', 'jira.comment'], methods: ['GET', 'POST'] }],
  ],
  [{ ask: 'change' }, [{ then: 'allow' }, { then: 'ask', operations: ['change'] }]],
  [
    { refuse: 'jira.delete-issues', api: 'jira' },
    [
      { then: 'allow', apis: ['jira'] },
      { then: 'refuse', operations: ['jira.delete-issues'] },
    ],
  ],
  [
    { 'read-only': true, ask: 'change', space: 'DOCS' },
    [
      { then: 'allow', operations: ['read'], spaces: ['DOCS'] },
      { then: 'ask', operations: ['change'], spaces: ['DOCS'] },
    ],
  ],
  [{ path: '/rest/api/3/issue/*' }, [{ then: 'allow', paths: ['/rest/api/3/issue/*'] }]],
])('%j', (options, rules) => {
  expect(rulesOf(options)).toEqual(rules);
});

const context = (text: string | null) => ({
  ...{ paths: { platform: 'linux', env: {}, homedir: '/home/a', uid: 1 }, cwd: '/work' },
  readText: () => text,
});

it.each([
  ['[{"then":"allow"}]', { ok: true, value: [{ then: 'allow' }] }],
  ['{"rules":[]}', { ok: true, value: [] }],
  ['{"then":"allow"}', { ok: false, error: { code: 'invalid-input' } }],
  ['[', { ok: false, error: { code: 'invalid-input' } }],
  [null, { ok: false, error: { code: 'not-found' } }],
])('a file with %s', (text, outcome) => {
  expect(readRules(context(text), { rules: 'r.json' })).toMatchObject(outcome);
});

it('takes a file or options, and says nothing when nobody does', () => {
  expect(readRules(context('[]'), { rules: 'r.json', ask: 'change' })).toMatchObject({
    error: { code: 'usage' },
  });
  expect(readRules(context(null), {})).toEqual({ ok: true, value: null });
});
