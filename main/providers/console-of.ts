import { apiOfScope } from '../../contract/scope-api.ts';
import type { ProviderDefinition } from './definition.ts';
import { oauth2Of } from './methods.ts';

/** Where the registration of an OAuth client has a scope, by the name that the provider's console uses; null: nowhere, or not known. */
export function consoleOf(definition: ProviderDefinition, scope: string): string | null {
  const own = oauth2Of(definition)?.scopes.find((known) => known.scope === scope)?.console;
  if (own !== undefined) return own;
  const api = apiOfScope(scope, definition.apis);
  return definition.apis.find(({ id }) => id === api)?.console ?? null;
}
