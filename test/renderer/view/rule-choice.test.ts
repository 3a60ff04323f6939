import { describe, expect, it } from 'vitest';
import type { RuleAction, Rules } from '../../../contract/gateway.ts';
import {
  actionsWithin,
  placeKeys,
  rulesOf,
  type RuleDraft,
  type RulePreset,
} from '../../../renderer/view/rule-choice.ts';
import { draftOf, withoutWords } from '../../../renderer/view/rule-draft.ts';
import { OPERATIONS } from '../../fakes/gateway-data.ts';

const scope = { apis: ['jira', 'confluence', 'agile'], operations: OPERATIONS };

const draft = (
  preset: RulePreset,
  actions: Record<string, RuleAction> = {},
  places: Partial<Pick<RuleDraft, 'projects' | 'spaces'>> = {},
): RuleDraft => ({
  preset,
  actions: new Map(Object.entries(actions)),
  projects: [],
  spaces: [],
  ...places,
});

const ABC = { projects: ['ABC'] };

const TABLE: readonly [string, RuleDraft, Rules][] = [
  ['read only', draft('read'), [{ then: 'allow', operations: ['read'] }]],
  [
    'ask before changes',
    draft('ask'),
    [
      { then: 'allow', operations: ['read'] },
      { then: 'ask', operations: ['change'] },
    ],
  ],
  ['everything', draft('everything'), [{ then: 'allow' }]],
  [
    'read only in a project: the other APIs are not limited',
    draft('read', {}, ABC),
    [
      { then: 'allow', operations: ['read'], apis: ['jira'], projects: ['ABC'] },
      { then: 'allow', operations: ['read'], apis: ['confluence', 'agile'] },
    ],
  ],
  [
    'everything in projects and spaces, which no rule has together',
    draft('everything', {}, { projects: ['ABC', 'DEF'], spaces: ['DOCS'] }),
    [
      { then: 'allow', apis: ['jira'], projects: ['ABC', 'DEF'] },
      { then: 'allow', apis: ['confluence'], spaces: ['DOCS'] },
      { then: 'allow', apis: ['agile'] },
    ],
  ],
  ['nothing chosen', draft('choose'), []],
  [
    'kinds by API, put together where they are the same',
    draft('choose', {
      'jira:read': 'allow',
      'confluence:read': 'allow',
      'agile:read': 'allow',
      'agile:change': 'allow',
      'jira:change': 'ask',
    }),
    [
      { then: 'allow', apis: ['agile'] },
      { then: 'allow', apis: ['jira', 'confluence'], operations: ['read'] },
      { then: 'ask', apis: ['jira'], operations: ['change'] },
    ],
  ],
  [
    'single operations, stricter than their kind or where it is refused',
    draft('choose', {
      'jira:read': 'allow',
      'jira.search': 'refuse',
      'jira.create-issues': 'ask',
      'jira.comment': 'allow',
    }),
    [
      { then: 'allow', apis: ['jira'], operations: ['read'] },
      { then: 'allow', operations: ['jira.comment'] },
      { then: 'ask', operations: ['jira.create-issues'] },
      { then: 'refuse', operations: ['jira.search'] },
    ],
  ],
  [
    'an operation that was chosen before its kind became stricter says nothing any more',
    draft('choose', { 'jira:change': 'ask', 'jira.comment': 'allow' }),
    [{ then: 'ask', apis: ['jira'], operations: ['change'] }],
  ],
  [
    'single operations in a project; what is refused is refused in all of them',
    draft(
      'choose',
      {
        'jira:read': 'allow',
        'jira.search': 'refuse',
        'jira.comment': 'allow',
        'confluence.change-pages': 'allow',
      },
      ABC,
    ),
    [
      { then: 'allow', apis: ['jira'], operations: ['read'], projects: ['ABC'] },
      { then: 'allow', operations: ['jira.comment'], projects: ['ABC'] },
      { then: 'allow', operations: ['confluence.change-pages'] },
      { then: 'refuse', operations: ['jira.search'] },
    ],
  ],
];

describe('rulesOf', () => {
  it.each(TABLE)('%s', (_, chosen, rules) => {
    expect(rulesOf(chosen, scope)).toEqual(rules);
  });

  it('leaves out operations of APIs that the connections do not have', () => {
    const chosen = draft('choose', { 'confluence.change-pages': 'allow', 'jira.comment': 'allow' });
    expect(rulesOf(chosen, { ...scope, apis: ['jira'] })).toEqual([
      { then: 'allow', operations: ['jira.comment'] },
    ]);
  });
});

describe('draftOf', () => {
  it.each(TABLE)('gives back what stands for the same rules: %s', (_, __, rules) => {
    const again = draftOf(rules, scope);
    expect(again === null ? null : rulesOf(again, scope)).toEqual(rules);
  });

  it('knows the presets, whatever the order', () => {
    const rules: Rules = [
      { operations: ['change'], then: 'ask' },
      { then: 'allow', operations: ['read'] },
    ];
    expect(draftOf(rules, scope)?.preset).toBe('ask');
  });

  it.each<[string, Rules]>([
    ['methods', [{ then: 'allow', methods: ['GET'] }]],
    ['paths', [{ then: 'allow', paths: ['/rest/*'] }]],
    [
      'projects of one rule only',
      [
        { then: 'allow', operations: ['read'], apis: ['jira'] },
        { then: 'ask', operations: ['jira.comment'], projects: ['ABC'] },
      ],
    ],
    [
      'two actions for one kind',
      [
        { then: 'allow', operations: ['read'] },
        { then: 'refuse', operations: ['read'] },
      ],
    ],
  ])('does not pretend to show %s', (_, rules) => {
    expect(draftOf(rules, scope)).toBeNull();
  });
});

it.each<[RuleAction | undefined, RuleAction[]]>([
  ['allow', ['ask', 'refuse']],
  ['ask', ['refuse']],
  ['refuse', ['allow', 'ask']],
  [undefined, ['allow', 'ask']],
])('an operation whose kind is %s can be %j', (kind, actions) => {
  expect(actionsWithin(kind)).toEqual(actions);
});

it('takes keys as they are typed', () => {
  expect(placeKeys(' ABC, DEF;ABC\nGHI ')).toEqual(['ABC', 'DEF', 'GHI']);
});

it('takes rules without their words', () => {
  expect(withoutWords([{ then: 'allow', words: 'Allow everything.' }])).toEqual([{ then: 'allow' }]);
});
