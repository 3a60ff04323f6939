import type { z } from 'zod';
import { cleanText } from './clean-text.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with one value, in words. */
export interface IssueWords {
  /** Of the value at fault, from the root; of the unknown field for one that should not be there. */
  path: readonly PropertyKey[];
  /** Goes on after the field's name, without a full stop: `must be a number`. Holds nothing of what was sent. */
  predicate: string;
  kind: 'missing' | 'unknown' | 'wrong';
}

/** Most characters of the values that are listed. */
const LISTED = 300;

/** Says in plain words what a schema found wrong with `input`, whatever kind of fault it is. Pure. */
export function issueWords(issue: Issue, input: unknown): IssueWords {
  const wrong = (predicate: string): IssueWords => ({ path: issue.path, predicate, kind: 'wrong' });
  if (issue.code === 'unrecognized_keys')
    return {
      path: [...issue.path, issue.keys[0] ?? ''],
      predicate: 'is not a field that is known here',
      kind: 'unknown',
    };
  if (isMissing(issue, input)) return { path: issue.path, predicate: 'is missing', kind: 'missing' };
  switch (issue.code) {
    case 'invalid_type':
      return wrong(TYPES[issue.expected] ?? 'is of another kind than expected');
    case 'too_small':
      return wrong(tooSmall(issue));
    case 'too_big':
      return wrong(tooBig(issue));
    case 'not_multiple_of':
      return wrong(`must be a multiple of ${issue.divisor}`);
    case 'invalid_format':
      return wrong(ownWords(issue) ?? FORMATS[issue.format] ?? 'is not written as it has to be');
    case 'invalid_value':
      return wrong(oneOf(issue.values));
    case 'invalid_union':
      return union(issue, input) ?? wrong('is not what it can be');
    case 'invalid_key':
      return wrong(
        issue.issues[0] ? issueWords(issue.issues[0], '').predicate : 'has a name that cannot be used',
      );
    case 'invalid_element':
      return wrong('has an entry that cannot be used');
    case 'custom':
      return wrong(ownWords(issue) ?? 'cannot be used');
  }
}

const TYPES: Partial<Record<string, string>> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
};

const FORMATS: Partial<Record<string, string>> = {
  uuid: 'must be an ID as lists show it',
  datetime: 'must be a time in UTC, such as 2026-01-31T09:30:00Z',
  date: 'must be a date, such as 2026-01-31',
  url: 'must be an address, such as https://example.com',
  email: 'must be an e-mail address',
};

/** Ours go on after a field's name; the library's own words begin with a capital letter. */
const ownWords = ({ message }: Issue): string | undefined =>
  /^[a-z]/.test(message) ? cleanText(message, LISTED) : undefined;

/** Absent, as `undefined` or where its parent is. A value that is null was given. */
const isMissing = (issue: Issue, input: unknown): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union') &&
  issue.path.length > 0 &&
  valueAt(input, issue.path) === undefined;

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

const plural = (count: number | bigint, one: string, several: string): string =>
  `${count} ${count === 1 ? one : several}`;

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'string') return minimum === 1 ? 'is empty' : `is too short: at least ${minimum} characters`;
  if (isCounted(origin)) return `must have at least ${plural(minimum, 'entry', 'entries')}`;
  return inclusive === false ? `must be more than ${minimum}` : `must be at least ${minimum}`;
}

function tooBig({ origin, maximum, inclusive }: z.core.$ZodIssueTooBig): string {
  if (origin === 'string') return `is too long: at most ${plural(maximum, 'character', 'characters')}`;
  if (isCounted(origin)) return `must have at most ${plural(maximum, 'entry', 'entries')}`;
  return inclusive === false ? `must be less than ${maximum}` : `must be at most ${maximum}`;
}

const isCounted = (origin: string): boolean => ['array', 'set', 'map', 'record', 'object'].includes(origin);

const oneOf = (values: readonly unknown[]): string => {
  const listed = cleanText(values.map(String).join(', '), LISTED);
  return values.length === 1 ? `must be ${listed}` : `must be one of ${listed}`;
};

/** Of what it may be: the list of values, or what is wrong with the form that fits best. */
function union(issue: z.core.$ZodIssueInvalidUnion, input: unknown): IssueWords | undefined {
  if ('options' in issue && Array.isArray(issue.options))
    return { path: issue.path, predicate: oneOf(issue.options), kind: 'wrong' };
  const first = issue.errors.map(([problem]) => problem).filter((problem) => problem !== undefined);
  const values = first.flatMap((problem) =>
    problem.code === 'invalid_value' && problem.path.length === 0 ? problem.values : [],
  );
  if (first.length > 0 && values.length >= first.length)
    return { path: issue.path, predicate: oneOf(values), kind: 'wrong' };
  // The form whose fault is deepest inside is the one that was meant.
  const [nearest] = first.toSorted((one, other) => other.path.length - one.path.length);
  return nearest && issueWords({ ...nearest, path: [...issue.path, ...nearest.path] }, input);
}
