import { fieldAt, listOf, textOf } from './json-fields.ts';
import type { RequestFacts } from './request-facts.ts';

/** What an edit, a new issue or a transition may do besides. */
const BESIDES: readonly [fields: readonly (readonly string[])[], operation: string][] = [
  [inFields('comment'), 'jira.comment'],
  [inFields('worklog'), 'jira.worklog'],
  [inFields('issuelinks'), 'jira.link-issues'],
  [[['transition']], 'jira.transition'],
];

function inFields(name: string): string[][] {
  return [
    ['update', name],
    ['fields', name],
  ];
}

const WITH_BESIDES = new Set(['jira.edit-issues', 'jira.create-issues', 'jira.transition']);

/** Everything that a request may do as far as its path says. More than one: its body decides, see `operationsInBody`. */
export function possibleOperations(facts: RequestFacts): readonly string[] {
  const [operation] = facts.operations;
  if (operation === undefined) return [];
  if (takesBesides(facts)) return [...new Set([operation, ...BESIDES.map(([, besides]) => besides)])];
  if (takesAnyContent(facts)) return [operation, 'confluence.comment'];
  return facts.operations;
}

/** What it does by its parsed body; `body` undefined: there is none that can be read, so it may do everything that is possible. */
export function operationsInBody(facts: RequestFacts, body: unknown): readonly string[] {
  const [operation] = facts.operations;
  if (operation === undefined || body === undefined) return possibleOperations(facts);
  if (takesBesides(facts)) {
    const updates = fieldAt(body, 'issueUpdates');
    if (updates !== undefined && !Array.isArray(updates)) return possibleOperations(facts);
    // Whichever of both the service reads at this address.
    const issues = [body, ...listOf(updates)];
    const besides = BESIDES.filter(([fields]) =>
      issues.some((issue) => fields.some((names) => fieldAt(issue, ...names) !== undefined)),
    ).map(([, each]) => each);
    return [...new Set([operation, ...besides])];
  }
  if (takesAnyContent(facts)) return contentOperations(operation, body);
  return facts.operations;
}

const takesBesides = ({ operations: [operation], loose }: RequestFacts): boolean =>
  operation !== undefined && WITH_BESIDES.has(operation) && loose[3] === 'issue';

/** `content` of Confluence is a page, a post or a comment by its `type`. */
const takesAnyContent = ({ api, method, loose }: RequestFacts): boolean =>
  api === 'confluence' &&
  loose[2] === 'content' &&
  ((method === 'POST' && loose.length === 3) || (method === 'PUT' && loose.length === 4));

/** What is neither to the letter may be either. */
function contentOperations(operation: string, body: unknown): readonly string[] {
  const type = textOf(fieldAt(body, 'type'));
  if (type === 'comment') return ['confluence.comment'];
  return type === 'page' || type === 'blogpost' ? [operation] : [operation, 'confluence.comment'];
}
