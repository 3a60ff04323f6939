import type { Rule, RuleAction, Rules, RuleView } from '../../contract/gateway.ts';
import { KINDS, RULE_PRESETS, kindKey, rulesOf, type RuleDraft, type RuleScope } from './rule-choice.ts';

export const READ_ONLY: RuleDraft = { preset: 'read', actions: new Map(), projects: [], spaces: [] };

/** The rules of a view, without their words. */
export const withoutWords = (rules: readonly RuleView[]): Rules =>
  rules.map(({ words: _words, ...rule }) => rule);

/** The same whatever the order of rules, fields and names. */
const canonical = (rules: Rules): string =>
  JSON.stringify(
    rules
      .map((rule) =>
        JSON.stringify(
          Object.entries(rule)
            .map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value] as const)
            .sort(([a], [b]) => a.localeCompare(b)),
        ),
      )
      .sort(),
  );

function actionsIn(rules: Rules, { apis }: RuleScope): Map<string, RuleAction> {
  const actions = new Map<string, RuleAction>();
  for (const { then, apis: of = apis, operations } of rules) {
    for (const name of operations ?? KINDS) {
      if (name === 'read' || name === 'change') for (const api of of) actions.set(kindKey(api, name), then);
      else actions.set(name, then);
    }
  }
  return actions;
}

const placesIn = (rules: Rules, place: 'projects' | 'spaces'): string[] => [
  ...new Set(rules.flatMap((rule: Rule) => rule[place] ?? [])),
];

/** The draft that stands for exactly these rules; null where the form cannot show them. */
export function draftOf(rules: Rules, scope: RuleScope): RuleDraft | null {
  const draft = {
    actions: actionsIn(rules, scope),
    projects: placesIn(rules, 'projects'),
    spaces: placesIn(rules, 'spaces'),
  };
  for (const preset of RULE_PRESETS) {
    const candidate = { ...draft, preset };
    if (canonical(rulesOf(candidate, scope)) !== canonical(rules)) continue;
    return preset === 'choose' ? candidate : { ...candidate, actions: new Map() };
  }
  return null;
}
