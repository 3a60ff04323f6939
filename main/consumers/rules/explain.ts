import type { Rule, Rules } from '../../../contract/gateway.ts';
import { allOperations, findOperation, KINDS } from '../operations/operations.ts';
import { ruleWords } from './words.ts';

/** What in rules contradicts itself or can never apply, for the person who writes them. */
export function ruleWarnings(rules: Rules): string[] {
  if (rules.length === 0) return ['There is no rule, so everything is refused.'];
  const warnings = rules.flatMap(ofOne);
  for (const rule of rules) {
    const stronger = rules.find((other) => other.then === 'refuse' && other !== rule && covers(other, rule));
    if (stronger !== undefined && rule.then !== 'refuse')
      warnings.push(`${quoted(rule)} never applies, because a stricter rule covers it: ${quoted(stronger)}.`);
    const asking = rules.find((other) => other.then === 'ask' && covers(other, rule));
    if (asking !== undefined && rule.then === 'allow' && stronger === undefined)
      warnings.push(`${quoted(rule)} never applies, because you are asked first: ${quoted(asking)}.`);
  }
  if (!rules.some(({ then }) => then !== 'refuse'))
    warnings.push('No rule allows anything, so everything is refused.');
  return warnings;
}

/** Ids of operations that do not exist; such a rule would do something else than it says. */
export const unknownOperations = (rules: Rules): string[] =>
  rules.flatMap(({ operations = [] }) => operations.filter((id) => !isKnown(id)));

/** For a person who mistyped one. */
export function nearestOperation(id: string): string {
  const names = [...KINDS, ...allOperations().map((operation) => operation.id)];
  const distances = names.map((name) => ({ name, distance: distance(id.toLowerCase().slice(0, 100), name) }));
  return distances.reduce((best, each) => (each.distance < best.distance ? each : best)).name;
}

const isKnown = (id: string): boolean => KINDS.some((kind) => kind === id) || findOperation(id) !== null;

const quoted = (rule: Rule): string => `“${ruleWords(rule).replace(/\.$/, '')}”`;

function ofOne(rule: Rule): string[] {
  const { apis, operations = [], projects, spaces } = rule;
  const warnings = unknownOperations([rule]).map(
    (id) => `There is no operation “${id}”; the nearest is “${nearestOperation(id)}”.`,
  );
  const never = (why: string): void => void warnings.push(`${quoted(rule)} never applies: ${why}.`);
  if (projects !== undefined && spaces !== undefined)
    never('no request is in a project and in a space; make two rules of it');
  else if (projects !== undefined && apis !== undefined && !apis.includes('jira'))
    never('projects are in Jira alone');
  else if (spaces !== undefined && apis !== undefined && !apis.includes('confluence'))
    never('spaces are in Confluence alone');
  const named = operations.map(findOperation).filter((operation) => operation !== null);
  const all = operations.length > 0 && named.length === operations.length;
  const elsewhere = (api: string): boolean => all && named.every((operation) => operation.api !== api);
  if (apis !== undefined && all && named.every(({ api }) => !apis.includes(api)))
    never('its operations belong to other APIs');
  else if (projects !== undefined && elsewhere('jira')) never('its operations are not in any project');
  else if (spaces !== undefined && elsewhere('confluence')) never('its operations are not in any space');
  const placeless = named.filter((operation) => operation.placeless);
  if ((projects ?? spaces) !== undefined && all && placeless.length === named.length)
    never('its operations are about no project or space');
  if (rule.then !== 'allow' && (projects ?? spaces) !== undefined)
    warnings.push(
      `${quoted(rule)} also applies where nobody can tell the ${projects ? 'project' : 'space'}, such as a search.`,
    );
  return warnings;
}

/** Whether every request that `rule` applies to is one that `wider` applies to. Not seen in every case. */
function covers(wider: Rule, rule: Rule): boolean {
  const within = (outer: readonly string[] | undefined, inner: readonly string[] | undefined): boolean =>
    outer === undefined || inner?.every((name) => outer.includes(name)) === true;
  const upper = (names: readonly string[] | undefined): string[] | undefined =>
    names?.map((name) => name.toUpperCase());
  return (
    within(wider.apis, rule.apis) &&
    within(withKinds(wider.operations), rule.operations) &&
    within(wider.methods, rule.methods) &&
    within(wider.paths, rule.paths) &&
    within(upper(wider.projects), upper(rule.projects)) &&
    within(upper(wider.spaces), upper(rule.spaces))
  );
}

/** `read` covers every operation that reads, and `change` the others. */
function withKinds(operations: Rule['operations']): string[] | undefined {
  if (operations === undefined) return undefined;
  const kinds = (reads: boolean): string[] =>
    allOperations()
      .filter((operation) => operation.reads === reads)
      .map(({ id }) => id);
  return operations.flatMap((id) =>
    id === 'read' ? [id, ...kinds(true)] : id === 'change' ? [id, ...kinds(false)] : [id],
  );
}

/** Levenshtein. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, character] of Array.from(one).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (other[column - 1] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
