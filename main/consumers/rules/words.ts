import type { Rule } from '../../../contract/gateway.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { findOperation } from '../operations/operations.ts';

/** More names are counted. */
const MOST_NAMES = 5;
const MAX_NAME = 80;

const VERBS: Readonly<Record<Rule['then'], string>> = {
  allow: 'Allow',
  ask: 'Ask me about',
  refuse: 'Refuse',
};

const API_NAMES: Readonly<Record<string, string>> = { jira: 'Jira', confluence: 'Confluence' };

/** A list as a sentence has it: `A, B and C`, or `A, B, C, D, E and 3 more`. */
export function listed(names: readonly string[], and = 'and'): string {
  const shown = names.length > MOST_NAMES + 1 ? names.slice(0, MOST_NAMES) : names;
  const last = names.length > shown.length ? `${names.length - shown.length} more` : shown.at(-1);
  const before = names.length > shown.length ? shown : shown.slice(0, -1);
  return before.length === 0 ? (last ?? '') : `${before.join(', ')} ${and} ${last ?? ''}`;
}

/** A rule as one sentence, such as `Ask me about “Create issues” and “Write comments” in Jira, in project ABC.` */
export function ruleWords(rule: Rule): string {
  const { then, apis, operations, methods, paths, projects, spaces } = rule;
  const where = [
    apis === undefined ? '' : ` in ${listed(apis.map((api) => API_NAMES[api] ?? clean(api)))}`,
    methods === undefined ? '' : `, sent as ${listed(methods, 'or')}`,
    paths === undefined ? '' : `, at ${listed(paths.map(clean), 'or')}`,
    inPlaces('project', projects),
    inPlaces('space', spaces),
  ];
  return `${VERBS[then]} ${what(operations)}${where.join('')}.`;
}

function what(operations: Rule['operations']): string {
  if (operations === undefined) return 'everything';
  return listed(
    operations.map((id) => {
      if (id === 'read') return 'reading';
      if (id === 'change') return 'changes';
      return `“${findOperation(id)?.name ?? clean(id)}”`;
    }),
  );
}

const inPlaces = (kind: string, keys: readonly string[] | undefined): string =>
  keys === undefined ? '' : `, in ${kind}${keys.length === 1 ? '' : 's'} ${listed(keys.map(clean), 'or')}`;

const clean = (text: string): string => cleanText(text, MAX_NAME);
