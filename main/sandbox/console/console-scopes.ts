import { consoleOf } from '../../providers/console-of.ts';
import type { ProviderDefinition } from '../../providers/definition.ts';
import { oauth2Of } from '../../providers/methods.ts';
import type { ConsoleScopes } from '../sandbox-state.ts';

/** The scopes of a definition by the places that its console has for them; what only a sign-in names is in none. Pure. */
export function consoleScopesOf(definition: ProviderDefinition): ConsoleScopes[] {
  const groups = new Map<string, { scope: string; description: string }[]>();
  for (const { scope, description } of oauth2Of(definition)?.scopes ?? []) {
    const place = consoleOf(definition, scope);
    if (place !== null) groups.set(place, [...(groups.get(place) ?? []), { scope, description }]);
  }
  return [...groups].map(([place, scopes]) => ({ place, scopes }));
}
