import { apiOfScope } from '../../contract/scope-api.ts';
import type { ApiDefinition } from '../providers/definition.ts';

/** Atlassian names no products; a site's scopes, classic or granular, tell which are there. */
export const productsOf = (scopes: readonly string[], apis: readonly ApiDefinition[]): string[] =>
  apis.filter((api) => scopes.some((scope) => apiOfScope(scope, [api]) !== null)).map(({ id }) => id);
