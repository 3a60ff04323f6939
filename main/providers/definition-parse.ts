import type { z } from 'zod';
import { ProviderId } from '../../contract/ids.ts';
import { cleanText } from '../lib/clean-text.ts';
import { ProviderDefinition } from './definition.ts';
import { fromAuthsome, isAuthsome } from './authsome.ts';
import { stripComments } from './strip-comments.ts';
import { isOlderForm, mergeMethods, upgradeDefinition } from './upgrade-definition.ts';

/** One thing wrong with a provider file. `field` is a dotted path. Contains no value from the file. */
export interface DefinitionFault {
  field: string | null;
  message: string;
  hint: string;
}

export type ParsedDefinition =
  { ok: true; definition: ProviderDefinition } | { ok: false; faults: DefinitionFault[] };

type JsonObject = Record<string, unknown>;

const MAX_DEPTH = 20;
const MAX_FAULTS = 5;
/** Keys that reach an object's prototype instead of naming a field. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses a provider file, ours or one of authsome. If `known` has a definition with the same id, the file overrides it and
 * needs to contain only the differences: objects are merged, lists and values replaced. A file of authsome is also filled in
 * from a definition that signs in at the same token address, `sameServer`.
 */
export function parseDefinition(
  text: string,
  known: (id: ProviderId) => ProviderDefinition | undefined,
  sameServer: (tokenUrl: string) => ProviderDefinition | undefined = () => undefined,
): ParsedDefinition {
  const json = parseJson(text);
  if ('fault' in json) return refuse(json.fault);
  const { value } = json;
  if (!isObject(value))
    return refuse({
      field: null,
      message: 'The file does not contain a JSON object.',
      hint: 'Write one object: { "id": … }.',
    });
  const structure = structuralFault(value);
  if (structure) return refuse(structure);
  if (isAuthsome(value)) {
    const converted = fromAuthsome(
      value,
      (id, tokenUrl) => known(id) ?? (tokenUrl === null ? undefined : sameServer(tokenUrl)),
    );
    return converted.ok ? checkFile(converted.file, converted.base, value) : refuse(converted.fault);
  }
  const id = ProviderId.safeParse(value['id']);
  if (!id.success)
    return refuse({
      field: 'id',
      message: value['id'] === undefined ? 'The id is missing.' : 'The id is not valid.',
      hint: 'Use lower-case letters, digits and dashes; the id of a built-in provider overrides it.',
    });
  const base = known(id.data);
  return checkFile(upgradeDefinition(value, base), base, value);
}

/** `written`: the file as its author wrote it, whose fields the faults name. */
function checkFile(
  file: JsonObject,
  base: ProviderDefinition | undefined,
  written: JsonObject,
): ParsedDefinition {
  const merged = base === undefined ? file : merge(base, file);
  const parsed = ProviderDefinition.safeParse(merged);
  if (parsed.success) return { ok: true, definition: parsed.data };
  const faults = parsed.error.issues.slice(0, MAX_FAULTS).map((issue) => issueFault(issue, merged, written));
  return { ok: false, faults };
}

const refuse = (fault: DefinitionFault): ParsedDefinition => ({ ok: false, faults: [fault] });

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): { value: unknown } | { fault: DefinitionFault } {
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
function structuralFault(root: JsonObject): DefinitionFault | null {
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

function merge(base: JsonObject, over: JsonObject): JsonObject {
  // A different kind shares no fields with the definition it overrides.
  if ('kind' in over && over['kind'] !== base['kind']) return over;
  const merged: JsonObject = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    if (isObject(below) && isObject(value)) merged[key] = merge(below, value);
    else if (key === 'methods' && Array.isArray(below) && Array.isArray(value))
      merged[key] = mergeMethods(below, value, merge);
    else merged[key] = value;
  }
  return merged;
}

/** A method's place is among the merged ones: a person looks for its name, or for what the older form calls it. */
function writtenPath(path: readonly PropertyKey[], merged: JsonObject, file: JsonObject): PropertyKey[] {
  const [list, place, ...rest] = path;
  const { methods } = merged;
  if (list !== 'methods' || typeof place !== 'number' || !Array.isArray(methods)) return [...path];
  const method: unknown = methods[place];
  const name = isObject(method) ? method['method'] : undefined;
  if (typeof name !== 'string') return [...path];
  return name === 'oauth2' && isOlderForm(file) ? [name, ...rest] : [list, name, ...rest];
}

function issueFault(issue: z.core.$ZodIssue, merged: JsonObject, file: JsonObject): DefinitionFault {
  const path = writtenPath(issue.path, merged, file);
  if (issue.code === 'unrecognized_keys')
    return {
      field: fieldName([...path, issue.keys[0] ?? '']),
      message: 'There is no such field.',
      hint: 'Check its spelling, or remove it.',
    };
  const field = fieldName(path);
  if (issue.code === 'invalid_type' && issue.message.includes('received undefined'))
    return { field, message: 'This field is missing.', hint: 'Add it.' };
  return { field, message: `${cleanText(issue.message, 300)}.`, hint: 'Correct the value of this field.' };
}

const fieldName = (path: readonly PropertyKey[]): string | null =>
  path.length === 0 ? null : cleanText(path.map(String).join('.'), 200);
