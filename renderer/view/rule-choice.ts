import type { OperationView, Rule, RuleAction, Rules } from '../../contract/gateway.ts';

/** What a person selects as a whole. `choose`: kinds and operations one by one. */
export const RULE_PRESETS = ['read', 'ask', 'everything', 'choose'] as const;
export type RulePreset = (typeof RULE_PRESETS)[number];

export const PRESET_WORDS: Readonly<Record<RulePreset, readonly [label: string, note: string]>> = {
  read: ['Read only', 'Whatever is not known to only read is refused.'],
  ask: ['Ask before changes', 'Reading is allowed; each change waits for your decision.'],
  everything: ['Everything', 'Reading and changing, as far as the connection itself may.'],
  choose: ['Choose…', 'By operation.'],
};

export interface RuleDraft {
  preset: RulePreset;
  /** For `choose`: action by `kindKey` or by an operation's id. A kind that is absent is refused; an operation follows its kind. */
  actions: ReadonlyMap<string, RuleAction>;
  /** Keys of Jira projects and Confluence spaces; none: all of them. */
  projects: readonly string[];
  spaces: readonly string[];
}

/** What rules can be about: the APIs that consumers reach, and the operations of these. */
export interface RuleScope {
  apis: readonly string[];
  operations: readonly OperationView[];
}

export const KINDS = ['read', 'change'] as const;
export type Kind = (typeof KINDS)[number];

export const kindKey = (api: string, kind: Kind): string => `${api}:${kind}`;

export const kindOf = ({ reads }: OperationView): Kind => (reads ? 'read' : 'change');

/** Keys as typed, separated by commas or spaces. */
export const placeKeys = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** Of several rules the strictest decides: an operation can only be made stricter than its kind, unless that is refused anyway. */
export function actionsWithin(kind: RuleAction | undefined): readonly RuleAction[] {
  if (kind === 'allow') return ['ask', 'refuse'];
  if (kind === 'ask') return ['refuse'];
  return ['allow', 'ask'];
}

const PLACES = { jira: 'projects', confluence: 'spaces' } as const;
const placeOf = (api: string): 'projects' | 'spaces' | null =>
  api === 'jira' || api === 'confluence' ? PLACES[api] : null;

/** Splits a rule by API where some of them are limited to places: no request is in a project and in a space. */
function inPlaces(rule: Rule, draft: RuleDraft, { apis, operations }: RuleScope): Rule[] {
  const limit = (api: string): readonly string[] => {
    const place = placeOf(api);
    return place === null ? [] : draft[place];
  };
  const named = (rule.operations ?? []).filter((id) => id.includes('.'));
  const apiOf = (id: string): string => operations.find((operation) => operation.id === id)?.api ?? '';
  const about = named.length > 0 ? [...new Set(named.map(apiOf))] : (rule.apis ?? apis);
  const limited = about.filter((api) => limit(api).length > 0);
  if (rule.then === 'refuse' || limited.length === 0) return [rule];
  const only = (part: readonly string[]): Rule =>
    named.length > 0
      ? { ...rule, operations: named.filter((id) => part.includes(apiOf(id))) }
      : { ...rule, apis: [...part] };
  const rest = about.filter((api) => !limited.includes(api));
  return [
    ...limited.map((api): Rule => ({ ...only([api]), [placeOf(api) ?? 'projects']: [...limit(api)] })),
    ...(rest.length === 0 ? [] : [only(rest)]),
  ];
}

function chosenRules({ actions }: RuleDraft, { apis, operations }: RuleScope): Rule[] {
  return (['allow', 'ask', 'refuse'] as const).flatMap((then): Rule[] => {
    const has = (api: string, kind: Kind): boolean => actions.get(kindKey(api, kind)) === then;
    const both = apis.filter((api) => has(api, 'read') && has(api, 'change'));
    const kinds = KINDS.map((kind) => ({
      kind,
      of: apis.filter((api) => has(api, kind) && !both.includes(api)),
    })).filter(({ of }) => of.length > 0);
    const named = operations
      .filter(
        (operation) =>
          apis.includes(operation.api) &&
          actions.get(operation.id) === then &&
          actionsWithin(actions.get(kindKey(operation.api, kindOf(operation)))).includes(then),
      )
      .map(({ id }) => id);
    return [
      // What no rule allows is refused anyway.
      ...(both.length === 0 || then === 'refuse' ? [] : [{ then, apis: both }]),
      ...(then === 'refuse' ? [] : kinds.map(({ kind, of }) => ({ then, apis: of, operations: [kind] }))),
      ...(named.length === 0 ? [] : [{ then, operations: named }]),
    ];
  });
}

/** The rules that a draft stands for. */
export function rulesOf(draft: RuleDraft, scope: RuleScope): Rules {
  const split = (rules: readonly Rule[]): Rules => rules.flatMap((rule) => inPlaces(rule, draft, scope));
  switch (draft.preset) {
    case 'read':
      return split([{ then: 'allow', operations: ['read'] }]);
    case 'ask':
      return split([
        { then: 'allow', operations: ['read'] },
        { then: 'ask', operations: ['change'] },
      ]);
    case 'everything':
      return split([{ then: 'allow' }]);
    case 'choose':
      return split(chosenRules(draft, scope));
  }
}
