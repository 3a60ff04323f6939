import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rule, Rules } from '../../../../contract/gateway.ts';
import { stricter, decide } from '../../../../main/consumers/rules/decide.ts';
import type { Places } from '../../../../main/consumers/rules/places.ts';
import { decideAbout, factsFrom, rule } from './request.ts';

const READ = 'jira GET /rest/api/3/issue/ABC-1';
const CREATE = 'jira POST /rest/api/3/issue';
const ABC: Places = { keys: ['ABC'], certain: true };
const BOTH: Places = { keys: ['ABC', 'XYZ'], certain: true };
const NONE: Places = { keys: [], certain: true };
const SOME: Places = { keys: ['ABC'], certain: false };

it.each<[string, Rules, string, Rule['then']]>([
  ['nothing allows', [], READ, 'refuse'],
  ['everything', [rule('allow')], CREATE, 'allow'],
  ['the strictest of several, in any order', [rule('refuse'), rule('allow')], READ, 'refuse'],
  ['the strictest of several, in any order', [rule('allow'), rule('ask'), rule('allow')], READ, 'ask'],
  ['reading', [rule('allow', { operations: ['read'] })], READ, 'allow'],
  ['reading', [rule('allow', { operations: ['read'] })], CREATE, 'refuse'],
  ['changing', [rule('allow', { operations: ['change'] })], READ, 'refuse'],
  ['changing', [rule('allow', { operations: ['change'] })], 'jira GET /rest/unknown/1', 'allow'],
  ['an operation', [rule('allow', { operations: ['jira.create-issues'] })], CREATE, 'allow'],
  ['an operation', [rule('allow', { operations: ['jira.create-issues'] })], READ, 'refuse'],
  [
    'an unknown one is none',
    [rule('allow', { operations: ['jira.administer'] })],
    'jira POST /rest/odd/1',
    'refuse',
  ],
  ['another API', [rule('allow', { apis: ['confluence'] })], READ, 'refuse'],
  ['all conditions', [rule('allow', { apis: ['jira'], methods: ['POST'] })], READ, 'refuse'],
  ['HEAD is a GET', [rule('allow', { methods: ['GET'] })], READ.replace('GET', 'HEAD'), 'allow'],
  ['a path', [rule('allow', { paths: ['/rest/api/3/issue/*'] })], READ, 'allow'],
  ['a path, any further ones', [rule('allow', { paths: ['/rest/*'] })], READ, 'allow'],
  ['a path, one or more', [rule('allow', { paths: ['/rest/api/3/issue/*'] })], CREATE, 'refuse'],
  ['a path, one', [rule('allow', { paths: ['/rest/*/issue/ABC-1'] })], READ, 'refuse'],
  [
    'an encoded path',
    [rule('allow', { paths: ['/rest/api/3/myself'] })],
    'jira GET /rest/api/3/my%73elf',
    'allow',
  ],
  [
    'allow takes a path as it is',
    [rule('allow', { paths: ['/rest/api/3/myself'] })],
    'jira GET /rest/api/3/MYSELF',
    'refuse',
  ],
  [
    'refuse takes it as a service may',
    [rule('allow'), rule('refuse', { paths: ['/Admin/*'] })],
    'other GET /admin;x/users.json',
    'refuse',
  ],
  [
    'another product of one address',
    [rule('allow', { apis: ['jira'] })],
    'jira@site GET /wiki/api/v2/pages/1',
    'refuse',
  ],
  [
    'another product of one address',
    [rule('allow'), rule('refuse', { apis: ['confluence'] })],
    'jira@site GET /wiki/api/v2/pages',
    'refuse',
  ],
])('%s: %j, %s → %s', (_, rules, request, then) => {
  expect(decideAbout(rules, request).then).toBe(then);
});

it.each<[Rules, string, Places, Rule['then']]>([
  [[rule('allow', { projects: ['abc'] })], READ, ABC, 'allow'],
  [[rule('allow', { projects: ['ABC'] })], READ, BOTH, 'refuse'],
  [[rule('allow', { projects: ['ABC', 'XYZ'] })], READ, BOTH, 'allow'],
  [[rule('allow', { projects: ['ABC'] }), rule('allow', { projects: ['XYZ'] })], READ, BOTH, 'refuse'],
  [[rule('allow', { projects: ['ABC'] })], READ, SOME, 'refuse'],
  [[rule('allow', { projects: ['ABC'] })], READ, NONE, 'refuse'],
  [[rule('allow', { spaces: ['ABC'] })], READ, ABC, 'refuse'],
  [[rule('allow'), rule('refuse', { projects: ['XYZ'] })], READ, BOTH, 'refuse'],
  [[rule('allow'), rule('refuse', { projects: ['XYZ'] })], READ, ABC, 'allow'],
  [[rule('allow'), rule('refuse', { projects: ['XYZ'] })], READ, SOME, 'refuse'],
  [[rule('allow'), rule('ask', { projects: ['XYZ'] })], READ, NONE, 'allow'],
  [[rule('allow'), rule('refuse', { spaces: ['XYZ'] })], READ, SOME, 'allow'],
])('%j, %s in %j → %s', (rules, request, places, then) => {
  expect(decideAbout(rules, request, places).then).toBe(then);
});

it('names the rule that decided', () => {
  const [allow, ask] = [rule('allow'), rule('ask', { operations: ['change'] })];
  expect(decideAbout([allow, ask], READ).rule).toBe(allow);
  expect(decideAbout([allow, ask], CREATE).rule).toBe(ask);
  expect(decideAbout([], READ).rule).toBeNull();
});

const anyRule = fc.record(
  {
    then: fc.constantFrom<Rule['then']>('allow', 'ask', 'refuse'),
    apis: fc.subarray(['jira', 'confluence', 'bitbucket'], { minLength: 1 }),
    operations: fc.subarray(
      ['read', 'change', 'jira.read-issues', 'jira.create-issues', 'confluence.comment'],
      { minLength: 1 },
    ),
    methods: fc.subarray(['GET', 'POST', 'HEAD', 'DELETE'], { minLength: 1 }),
    paths: fc.subarray(['/*', '/rest/*', '/rest/api/3/issue', '/wiki/*'], { minLength: 1 }),
    projects: fc.subarray(['ABC', 'XYZ'], { minLength: 1 }),
    spaces: fc.subarray(['ABC', 'DOC'], { minLength: 1 }),
  },
  { requiredKeys: ['then'] },
) as fc.Arbitrary<Rule>;
const anyRequest = fc.constantFrom(
  READ,
  CREATE,
  'jira@site GET /wiki/api/v2/pages/1',
  'bitbucket GET /2.0',
  'confluence POST /wiki/rest/api/content',
);
const anyPlaces = fc.constantFrom(ABC, BOTH, NONE, SOME);

it('never allows more with one rule more that refuses or asks, nor by the order of rules', () => {
  const rank = { refuse: 2, ask: 1, allow: 0 };
  fc.assert(
    fc.property(
      fc.array(anyRule, { maxLength: 6 }),
      anyRule,
      anyRequest,
      anyPlaces,
      (rules, more, request, places) => {
        const facts = factsFrom(request);
        const before = decide(rules, facts, places).then;
        expect(decide([...rules].reverse(), facts, places).then).toBe(before);
        const refused = decide([...rules, { ...more, then: 'refuse' }], facts, places).then;
        expect(rank[refused]).toBeGreaterThanOrEqual(rank[before]);
        const asked = decide([...rules, { ...more, then: 'ask' }], facts, places).then;
        if (before === 'allow') expect(rank[asked]).toBeGreaterThanOrEqual(rank[before]);
        // Knowing less never allows more.
        const unknown = decide(rules, facts, { ...places, certain: false }).then;
        if (unknown === 'allow') expect(before).toBe('allow');
      },
    ),
    { numRuns: 500 },
  );
});

it('takes the stricter of two, and the first of equals', () => {
  const [allow, ask] = [{ then: 'allow', rule: null } as const, { then: 'ask', rule: null } as const];
  expect(stricter(allow, ask)).toBe(ask);
  expect(stricter(ask, allow)).toBe(ask);
  expect(stricter(allow, { ...allow })).toBe(allow);
});
