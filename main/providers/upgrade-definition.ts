import { isSafeEndpoint } from './address.ts';
import type { ProviderDefinition } from './definition.ts';

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areNames = (methods: unknown): boolean =>
  Array.isArray(methods) && methods.every((method) => typeof method === 'string');

export const isOlderForm = ({ oauth2, methods }: JsonObject): boolean =>
  oauth2 !== undefined || areNames(methods);

/**
 * A provider file as it was written before methods were objects (`"methods": ["oauth2"]` beside `"oauth2": {…}`) in today's
 * form. A file that overrides a definition may hold either part alone.
 */
export function upgradeDefinition(file: JsonObject, base?: ProviderDefinition): JsonObject {
  return upgradeApis(upgradeMethods(file, base), base);
}

function upgradeMethods(file: JsonObject, base: ProviderDefinition | undefined): JsonObject {
  if (!isOlderForm(file)) return file;
  const { oauth2, methods, ...rest } = file;
  const names = areNames(methods);
  // Beside oauth2 no name did anything yet; only a definition that has the method now can say how.
  const known = new Set<unknown>(['oauth2', ...(base?.methods ?? []).map(({ method }) => method)]);
  const listed: unknown[] = Array.isArray(methods)
    ? methods.filter((method) => typeof method !== 'string' || known.has(method))
    : [];
  const upgraded = listed.map((method) =>
    method === 'oauth2' && isObject(oauth2) ? { method, ...oauth2 } : names ? { method } : method,
  );
  if (isObject(oauth2) && !listed.includes('oauth2')) upgraded.push({ method: 'oauth2', ...oauth2 });
  else if (oauth2 !== undefined && !isObject(oauth2)) return file;
  return { ...rest, methods: upgraded };
}

/** What a definition of Atlassian Cloud had before it listed them. */
const ATLASSIAN_APIS: readonly Pick<
  ProviderDefinition['apis'][number],
  'id' | 'name' | 'urls' | 'scopePattern'
>[] = [
  { id: 'jira', name: 'Jira', urls: {}, scopePattern: 'jira|servicedesk|servicemanagement|cmdb' },
  { id: 'confluence', name: 'Confluence', urls: {}, scopePattern: 'confluence' },
];

/** Until a definition listed its APIs, their addresses were below `apiUrl`; they still are where a file has that alone. */
function upgradeApis(file: JsonObject, base: ProviderDefinition | undefined): JsonObject {
  const { identity, apis } = file;
  const apiUrl = isObject(identity) ? identity['apiUrl'] : undefined;
  if (apis !== undefined || typeof apiUrl !== 'string' || !isSafeEndpoint(apiUrl)) return file;
  const gateway = (id: string): string => `${apiUrl.replace(/\/+$/, '')}/ex/${id}/{cloudId}`;
  const upgraded = (base?.apis ?? ATLASSIAN_APIS).map((api) => {
    const known = api.urls['default'] ?? gateway(api.id);
    if (!known.endsWith(`/ex/${api.id}/{cloudId}`)) return api;
    return { ...api, urls: { ...api.urls, default: gateway(api.id) } };
  });
  return { ...file, apis: upgraded };
}

/** Methods are merged by name: a file changes or adds some and leaves the others. */
export function mergeMethods(
  base: readonly unknown[],
  over: readonly unknown[],
  merge: (base: JsonObject, over: JsonObject) => JsonObject,
): unknown[] {
  const merged = [...base];
  for (const method of over) {
    const place = merged.findIndex((known) => nameOf(known) !== null && nameOf(known) === nameOf(method));
    const known = merged[place];
    if (isObject(known) && isObject(method)) merged[place] = merge(known, method);
    else merged.push(method);
  }
  return merged;
}

const nameOf = (method: unknown): unknown => (isObject(method) ? (method['method'] ?? null) : null);
