import { cleanText } from '../../lib/clean-text.ts';
import { redact } from '../../lib/redact.ts';
import { findOperation } from '../operations/operations.ts';
import { fieldAt, listOf, textOf } from './json-fields.ts';
import type { RequestFacts } from './request-facts.ts';

const MAX_TITLE = 80;
const MAX_PATH = 200;

/** What a request would do, in words, such as `Create an issue in ABC: “Printer is on fire”`. `body` undefined: it cannot be read. */
export function summaryOf(facts: RequestFacts, sentPath: string, body: unknown): string {
  const words = jiraWords(facts, body) ?? confluenceWords(facts, body);
  if (words !== null) return redact(words);
  const sent = `${facts.method} ${cleanText(redact(sentPath), MAX_PATH)}`;
  const [id] = facts.operations;
  const operation = id === undefined ? null : findOperation(id);
  return operation === null ? sent : `${operation.name}: ${sent}`;
}

const quoted = (value: unknown): string => {
  const text = textOf(value);
  return text === null ? '' : `: “${cleanText(text, MAX_TITLE)}”`;
};

const place = (value: unknown): string => {
  const key = textOf(value);
  return key === null ? '' : ` in ${cleanText(key, MAX_TITLE)}`;
};

/** By the operation that the path says; `from` is the segment after `/rest/api/3/issue`. */
function jiraWords({ operations: [operation], loose }: RequestFacts, body: unknown): string | null {
  const issue = loose[3] === 'issue' && loose[4] !== undefined ? cleanText(loose[4], 40).toUpperCase() : null;
  switch (operation) {
    case 'jira.create-issues': {
      if (issue === 'BULK') {
        const { length } = listOf(fieldAt(body, 'issueUpdates'));
        return length === 0 ? null : `Create ${length} ${length === 1 ? 'issue' : 'issues'}`;
      }
      const project = fieldAt(body, 'fields', 'project');
      return `Create an issue${place(fieldAt(project, 'key') ?? fieldAt(project, 'id'))}${quoted(fieldAt(body, 'fields', 'summary'))}`;
    }
    case 'jira.edit-issues': {
      if (issue === null || loose.length !== 5) return null;
      const besides = ['transition', 'properties'].filter((name) => fieldAt(body, name) !== undefined);
      const fields = [...namesIn(fieldAt(body, 'fields')), ...namesIn(fieldAt(body, 'update')), ...besides];
      return `Edit issue ${issue}${fields.length === 0 ? '' : `: ${fields.join(', ')}`}`;
    }
    case 'jira.delete-issues':
      return issue !== null && loose.length === 5 ? `Delete issue ${issue}` : null;
    case 'jira.comment':
      return issue === null ? null : `Comment on issue ${issue}${quoted(plainText(fieldAt(body, 'body')))}`;
    case 'jira.transition':
      return issue === null ? null : `Move issue ${issue} through its workflow`;
    case 'jira.attach':
      return issue === null ? null : `Attach a file to issue ${issue}`;
    case 'jira.worklog':
      return issue === null ? null : `Log work on issue ${issue}`;
    case undefined:
    default:
      return null;
  }
}

function confluenceWords({ operations, loose, method }: RequestFacts, body: unknown): string | null {
  const [, , , content] = loose;
  const id = content !== undefined && /^\d{1,20}$/.test(content) ? content : null;
  switch (operations[0]) {
    case 'confluence.create-pages':
      if (loose.at(-1) !== 'content' && loose.at(-1) !== 'pages') return null;
      return `Create a page${place(fieldAt(body, 'space', 'key'))}${quoted(fieldAt(body, 'title'))}`;
    case 'confluence.change-pages':
      return id !== null && method === 'PUT' && loose.length === 4
        ? `Change page ${id}${quoted(fieldAt(body, 'title'))}`
        : null;
    case 'confluence.delete-pages':
      return id !== null && loose.length === 4 ? `Delete page ${id}` : null;
    case 'confluence.attach':
      return id === null ? null : `Attach a file to page ${id}`;
    case 'confluence.comment': {
      const page = textOf(fieldAt(body, 'pageId')) ?? textOf(fieldAt(body, 'container', 'id'));
      return `Comment on ${page === null ? 'a page' : `page ${cleanText(page, 40)}`}`;
    }
    case undefined:
    default:
      return null;
  }
}

const MOST_NAMES = 5;

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const names = Object.keys(value);
  const shown = names.slice(0, MOST_NAMES).map((name) => cleanText(name, 40));
  return names.length > MOST_NAMES ? [...shown, `${names.length - MOST_NAMES} more`] : shown;
}

/** The text of a comment, also of Atlassian's document format, to some depth. */
function plainText(value: unknown, depth = 0): string | null {
  const text = textOf(value) ?? textOf(fieldAt(value, 'text'));
  if (text !== null || depth > 5) return text;
  const parts = listOf(fieldAt(value, 'content'))
    .slice(0, 20)
    .map((part) => plainText(part, depth + 1))
    .filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}
