import { askWho } from '../atlassian/who-am-i.ts';
import { addressOn, instanceOf } from '../credentials/addresses.ts';
import type { Credentials } from '../credentials/access.ts';
import { fetchVia, type Fetch } from '../lib/bounded-fetch.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { ProviderRegistry } from '../providers/ports.ts';
import { reconnectAdvice } from '../refresh/advice.ts';

/** The user name that a service knows the owner of a credential by. */
export type UserNames = (credentials: Credentials) => Promise<Result<string>>;

/** Asks the service, once for each sign-in: what it calls its users is in no account. */
export function createUserNames(registry: Pick<ProviderRegistry, 'get'>, fetch: Fetch): UserNames {
  const known = new Map<string, string>();
  return async ({ connection, header }) => {
    const key = `${connection.id} ${connection.generation}`;
    const before = known.get(key);
    if (before !== undefined) return ok(before);
    const definition = registry.get(connection.provider, instanceOf(connection));
    if (!definition.ok) return definition;
    const api = definition.value.apis.find(({ whoAmI }) => whoAmI?.answer === 'text');
    const url = api && addressOn(api, connection.route, connection.site);
    if (api?.whoAmI === undefined || url === null || url === undefined)
      return fail(
        'unsupported',
        `${definition.value.name} does not say what “${connection.name}” is called.`,
      );
    const via = fetchVia(fetch, { provider: connection.provider, connection: connection.id });
    const answer = await askWho(via, api.whoAmI, url + api.whoAmI.path, header, false);
    if (answer.kind === 'unauthorized')
      return fail(
        'needs-reconnect',
        `${definition.value.name} no longer accepts the token of “${connection.name}”.`,
        reconnectAdvice(connection),
      );
    if (answer.kind !== 'json' || typeof answer.value !== 'string' || answer.value === '')
      return fail(
        'temporary',
        `${definition.value.name} did not say which user “${connection.name}” is.`,
        'Try again, or put your user name into the address: https://NAME@host/…',
      );
    known.set(key, answer.value);
    return ok(answer.value);
  };
}
