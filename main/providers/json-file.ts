import type { z } from 'zod';
import { cleanText } from '../lib/clean-text.ts';
import { issueWords } from '../lib/issue-words.ts';
import { stripComments } from './strip-comments.ts';

/** One thing wrong with a person's JSON file. `field` is a dotted path. Contains no value from the file. */
export interface FileFault {
  field: string | null;
  message: string;
  hint: string;
}

export type JsonObject = Record<string, unknown>;

/** The most things that are said of one file. */
export const MOST_FAULTS = 5;

const MAX_DEPTH = 20;
/** Keys that reach an object's prototype instead of naming a field. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The object in a JSON text, with comments or without, in which no field reaches a prototype. `example`: the beginning of
 * such an object, for people.
 */
export function jsonObjectIn(text: string, example: string): { value: JsonObject } | { fault: FileFault } {
  const json = parseJson(text);
  if ('fault' in json) return json;
  const { value } = json;
  if (!isObject(value))
    return {
      fault: {
        field: null,
        message: 'The file does not contain a JSON object.',
        hint: `Write one object: ${example}.`,
      },
    };
  const fault = structuralFault(value);
  return fault === null ? { value } : { fault };
}

function parseJson(text: string): { value: unknown } | { fault: FileFault } {
  try {
    return { value: JSON.parse(stripComments(text)) as unknown };
  } catch (fault) {
    // Only the position: the engine's message quotes the text, which may contain a client secret.
    const place = /\(line \d+ column \d+\)/.exec(fault instanceof Error ? fault.message : '');
    return {
      fault: {
        field: null,
        message: `The file is not valid JSON${place ? ` ${place[0]}` : ''}.`,
        hint: 'Correct the JSON: no trailing commas, double quotes.',
      },
    };
  }
}

/** Finds what must not even be merged. Walks without recursion: JSON may be nested deeper than the stack. */
function structuralFault(root: JsonObject): FileFault | null {
  const pending: { value: unknown; path: string[] }[] = [{ value: root, path: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (path.length > MAX_DEPTH)
      return { field: null, message: 'The file is nested too deeply.', hint: 'Remove the nested part.' };
    for (const key of Object.keys(value)) {
      if (FORBIDDEN_KEYS.has(key))
        return {
          field: fieldName([...path, key]),
          message: 'This field is not allowed.',
          hint: 'Remove it.',
        };
      pending.push({ value: (value as JsonObject)[key], path: [...path, key] });
    }
  }
  return null;
}

/**
 * What a schema found wrong with `value`, in words; `pathOf` gives the field as its author wrote it. Holds nothing of the
 * file but names of fields.
 */
export function issueFault(
  issue: z.core.$ZodIssue,
  value: unknown,
  pathOf: (path: readonly PropertyKey[]) => readonly PropertyKey[] = (path) => path,
): FileFault {
  const { path, predicate, kind } = issueWords(issue, value);
  const field = fieldName(pathOf(path));
  switch (kind) {
    case 'unknown':
      return { field, message: 'There is no such field.', hint: 'Check its spelling, or remove it.' };
    case 'missing':
      return { field, message: 'This field is missing.', hint: 'Add it.' };
    case 'wrong':
      return { field, message: `This field ${predicate}.`, hint: 'Correct the value of this field.' };
  }
}

const fieldName = (path: readonly PropertyKey[]): string | null =>
  path.length === 0 ? null : cleanText(path.map(String).join('.'), 200);
