import { consoleOf } from '../providers/console-of.ts';
import type { ProviderDefinition } from '../providers/definition.ts';
import { methodOf } from '../providers/methods.ts';
import { connectionWord } from '../refresh/advice.ts';
import type { ConnectionRecord } from '../store/records.ts';

export type Reconnectable = Pick<ConnectionRecord, 'id' | 'name' | 'method' | 'grant' | 'requestedScopes'>;

/** How a connection gets scopes that it lacks: what its provider has to allow first, and the command that asks for them. */
export function howToObtain(
  connection: Reconnectable,
  definition: ProviderDefinition,
  scopes: readonly string[],
): string {
  const { method, grant, requestedScopes } = connection;
  const reconnect = `tokentray reconnect ${connectionWord(connection)}`;
  const listed = scopes.join(' ');
  if (method === 'oauth2' && grant !== 'client-credentials') {
    if (scopes.length === 0) return `Run \`${reconnect}\`.`;
    const all = [...new Set([...requestedScopes, ...scopes])].join(' ');
    return `${allowFirst(definition, scopes)}Then run \`${reconnect} --scopes "${all}"\`.`;
  }
  const needed = listed === '' ? '' : ` with ${listed}`;
  if (method === 'oauth2')
    return `The permissions of a service account are chosen when its credential is created: create one${needed}, then run \`${reconnect}\`.`;
  const settings = methodOf(definition, method);
  const { label, createUrl } = settings ?? {};
  const where = createUrl === undefined || createUrl.startsWith('{') ? '' : ` at ${createUrl}`;
  return `Create another ${label ?? 'credential'}${needed}${where}, then run \`${reconnect}\`.`;
}

/** What the app's registration must have, by the names that the provider's console uses. */
function allowFirst(definition: ProviderDefinition, scopes: readonly string[]): string {
  const places = new Map<string, string[]>();
  for (const scope of scopes) {
    const place = consoleOf(definition, scope) ?? '';
    places.set(place, [...(places.get(place) ?? []), scope]);
  }
  const parts = [...places].map(
    ([place, of]) => `${of.join(', ')}${place === '' ? '' : ` under “${place}”`}`,
  );
  const { registerUrl } = definition;
  const where = registerUrl === undefined || registerUrl.startsWith('{') ? '' : ` (${registerUrl})`;
  return `Allow ${parts.join(' and ')} in the OAuth client’s registration${where}. `;
}
