import { apiOfScope } from '../../contract/scope-api.ts';
import type { ProviderDefinition } from './definition.ts';
import { oauth2Of } from './methods.ts';

/** The heading under which the provider's console has a scope, such as `Jira API`; null: it needs no place there. */
export function consoleOf(definition: ProviderDefinition, scope: string): string | null {
  const own = oauth2Of(definition)?.scopes.find((known) => known.scope === scope)?.console;
  const api = apiOfScope(scope, definition.apis);
  return own ?? definition.apis.find(({ id }) => id === api)?.console ?? null;
}
