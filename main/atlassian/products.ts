import type { Site } from '../../contract/connection.ts';

const JIRA = /jira|servicedesk|servicemanagement/;

/** Atlassian names no products; a site's scopes, classic or granular, tell which are there. */
export function productsOf(scopes: readonly string[]): Site['products'] {
  const products: Site['products'] = [];
  if (scopes.some((scope) => JIRA.test(scope))) products.push('jira');
  if (scopes.some((scope) => scope.includes('confluence'))) products.push('confluence');
  return products;
}
