import type { ApiDefinition } from '../providers/definition.ts';

/** Atlassian names no products; a site's scopes, classic or granular, tell which are there. */
export const productsOf = (scopes: readonly string[], apis: readonly ApiDefinition[]): string[] =>
  apis
    .filter(({ scopePattern }) => {
      if (scopePattern === undefined) return false;
      const parts = scopePattern.split('|');
      return scopes.some((scope) => parts.some((part) => scope.includes(part)));
    })
    .map(({ id }) => id);
