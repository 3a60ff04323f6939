import type { Rule, RuleAction, Rules } from '../../../contract/gateway.ts';
import { findOperation, hasOperations } from '../operations/operations.ts';
import type { Places } from './places.ts';
import type { RequestFacts } from './request-facts.ts';
import { matchesGlob } from './segments.ts';

/** What rules say about a request. `rule` null: none allows it. */
export interface Decision {
  readonly then: RuleAction;
  readonly rule: Rule | null;
}

const STRICTNESS: Readonly<Record<RuleAction, number>> = { refuse: 2, ask: 1, allow: 0 };

/** The stricter of two; the first of equals. */
export const stricter = (one: Decision, other: Decision): Decision =>
  STRICTNESS[other.then] > STRICTNESS[one.then] ? other : one;

const NOTHING_ALLOWS: Decision = { then: 'refuse', rule: null };

/**
 * Of the rules that apply, the strictest decides; what none allows is refused. Where something cannot be told, `allow` does not
 * apply and the others do: what is not known is never a way around a rule.
 */
export function decide(rules: Rules, facts: RequestFacts, places: Places): Decision {
  let decision: Decision | null = null;
  for (const rule of rules) {
    if (decision !== null && STRICTNESS[rule.then] <= STRICTNESS[decision.then]) continue;
    if (!applies(rule, facts, places)) continue;
    decision = { then: rule.then, rule };
    if (rule.then === 'refuse') break;
  }
  // `ask` alone lets nothing pass by itself, but the person may.
  return decision ?? NOTHING_ALLOWS;
}

/** The rules that may still apply, whatever the projects and spaces of the request are. */
export const candidates = (rules: Rules, facts: RequestFacts): Rules =>
  rules.filter((rule) => appliesButForPlaces(rule, facts));

function applies(rule: Rule, facts: RequestFacts, places: Places): boolean {
  return (
    appliesButForPlaces(rule, facts) &&
    isPlace(rule, facts, places, 'jira', rule.projects) &&
    isPlace(rule, facts, places, 'confluence', rule.spaces)
  );
}

function appliesButForPlaces(rule: Rule, facts: RequestFacts): boolean {
  return isApi(rule, facts) && isMethod(rule, facts) && isPath(rule, facts) && isOperation(rule, facts);
}

function isApi({ then, apis }: Rule, { asked, needs, reaches }: RequestFacts): boolean {
  if (apis === undefined) return true;
  const isNamed = (api: string): boolean => apis.includes(api);
  return then === 'allow' ? needs.every(isNamed) : isNamed(asked) || reaches.some(isNamed);
}

function isMethod({ methods }: Rule, { method }: RequestFacts): boolean {
  return methods === undefined || methods.includes(method) || (method === 'GET' && methods.includes('HEAD'));
}

function isPath({ then, paths }: Rule, { path }: RequestFacts): boolean {
  if (paths === undefined) return true;
  return paths.some((pattern) => {
    const parts = pattern.split('/').filter((part) => part !== '');
    if (matchesGlob(parts, path.exact)) return true;
    if (then === 'allow') return false;
    const lower = parts.map((part) => part.toLowerCase());
    return matchesGlob(lower, path.loose);
  });
}

function isOperation({ then, operations: wanted }: Rule, facts: RequestFacts): boolean {
  const { kind, operations } = facts;
  if (wanted === undefined || wanted.includes(kind)) return true;
  const isWanted = (operation: string): boolean => wanted.includes(operation);
  if (then === 'allow') return operations.length > 0 && operations.every(isWanted);
  return operations.length > 0 ? operations.some(isWanted) : wanted.some((id) => mayBe(facts, id));
}

/** Whether a request that is none of the known operations may do one of them all the same. */
function mayBe({ kind, reaches }: RequestFacts, id: string): boolean {
  if (id === 'read') return reaches.some(hasOperations);
  const operation = findOperation(id);
  return operation !== null && reaches.includes(operation.api) && (kind === 'change' || operation.reads);
}

/** Keys are compared in upper case, as the services do. */
function isPlace(
  { then }: Rule,
  facts: RequestFacts,
  { keys, certain }: Places,
  api: string,
  wanted: readonly string[] | undefined,
): boolean {
  if (wanted === undefined) return true;
  // Of several that it may reach, nobody can tell the place.
  if (then !== 'allow' && facts.reaches.length > 1) return facts.reaches.includes(api);
  if (facts.api !== api) return false;
  const names = new Set(wanted.map((name) => name.toUpperCase()));
  if (then === 'allow') return certain && keys.length > 0 && keys.every((key) => names.has(key));
  return !certain || keys.some((key) => names.has(key));
}
