import type { z } from 'zod';
import type { Failure } from '../../contract/errors.ts';
import { cleanText } from '../lib/clean-text.ts';
import { issueWords, type IssueWords } from '../lib/issue-words.ts';
import { redact } from '../lib/redact.ts';
import { fieldWords, isPlural } from './field-words.ts';

const HINTS: Readonly<Record<IssueWords['kind'], string>> = {
  missing: 'Give it and try again.',
  unknown: 'Check its spelling, or leave it out.',
  wrong: 'Correct it and try again.',
};

/** Why an input was refused: the field and what it should be, in words, never the value that was sent. Pure. */
export function describeInput({ issues }: z.ZodError, input: unknown): Failure {
  const [issue] = issues;
  if (issue === undefined)
    return { code: 'invalid-input', message: 'The input cannot be used.', hint: HINTS.wrong };
  const { path, predicate, kind } = issueWords(issue, input);
  const [field] = path;
  const hint = HINTS[kind];
  if (field === undefined) return { code: 'invalid-input', message: `The input ${predicate}.`, hint };
  const place = redact(cleanText(path.map(String).join('.'), 80));
  const message =
    kind === 'unknown'
      ? `There is no field “${place}” here.`
      : `${subject(path)} ${redact(agree(predicate, path))}.`;
  return { code: 'invalid-input', message, hint, ...(kind !== 'unknown' && { field: String(field) }) };
}

/** `Entry 2 of the methods of entry 1 of the rules`: the innermost first. */
function subject(path: readonly PropertyKey[]): string {
  const [outer, ...inner] = path;
  // What is changed says it, not that it is a change.
  const named = (outer === 'change' && inner.length > 0 ? inner : path).map((key) =>
    typeof key === 'number' ? `entry ${key + 1}` : `the ${redact(fieldWords(String(key)))}`,
  );
  const words = named.toReversed().join(' of ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function agree(predicate: string, path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (typeof last !== 'string' || !isPlural(fieldWords(last))) return predicate;
  return predicate.replace(/^is /, 'are ').replace(/^has /, 'have ');
}
