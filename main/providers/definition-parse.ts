import { ProviderId } from '../../contract/ids.ts';
import { ProviderDefinition } from './definition.ts';
import { fromAuthsome, isAuthsome } from './authsome.ts';
import {
  isObject,
  issueFault,
  jsonObjectIn,
  MOST_FAULTS,
  type FileFault,
  type JsonObject,
} from './json-file.ts';
import { isOlderForm, mergeMethods, upgradeDefinition } from './upgrade-definition.ts';

export type DefinitionFault = FileFault;

export type ParsedDefinition =
  { ok: true; definition: ProviderDefinition } | { ok: false; faults: DefinitionFault[] };

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
  const json = jsonObjectIn(text, '{ "id": … }');
  if ('fault' in json) return refuse(json.fault);
  const { value } = json;
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
  const faults = parsed.error.issues
    .slice(0, MOST_FAULTS)
    .map((issue) => issueFault(issue, merged, (path) => writtenPath(path, merged, written)));
  return { ok: false, faults };
}

const refuse = (fault: DefinitionFault): ParsedDefinition => ({ ok: false, faults: [fault] });

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
