import type { ProviderDefinition } from '../../providers/definition.ts';
import { addressOn, apiAddresses } from '../../credentials/addresses.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import type { Opening } from '../proxy/find-opening.ts';
import type { Played } from '../proxy/ports.ts';

/**
 * What a connection opens in the proxy: its APIs' addresses, and where other routes to the same API have another one (a
 * site's own domain beside a cloud gateway), these too, because tools are used to them. Pure.
 */
export function openingsOf(
  connection: ConnectionRecord,
  definition: Pick<ProviderDefinition, 'apis'>,
  played: Played,
): Opening[] {
  const own = new Map(apiAddresses(definition, connection).map(({ id, url }) => [id, url]));
  return definition.apis.flatMap((api) => {
    const url = own.get(api.id);
    if (url === undefined) return [];
    const others = Object.keys(api.urls).map((route) => addressOn(api, route, connection.site));
    const urls = new Set([url, ...others.filter((other) => other !== null)]);
    const root = /^\/([^/]+)/.exec(api.whoAmI?.path ?? '')?.[1] ?? null;
    return [...urls].flatMap((address) => {
      const real = reached(address, played);
      return real === null ? [] : [{ connection, api: api.id, url: real, root }];
    });
  });
}

/** Where an address is really reached. */
function reached(address: string, played: Played): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:') return url;
  const place = played(url.host);
  return place === null ? url : new URL(place.url + (url.pathname === '/' ? '' : url.pathname));
}

/** The endpoints of a provider for signing in: whoever asks there has credentials of its own, and gets no other. Pure. */
export function signInEndpoints({ methods }: Pick<ProviderDefinition, 'methods'>): string[] {
  return methods.flatMap((method) =>
    method.method === 'oauth2'
      ? [
          method.authorizationUrl,
          method.tokenUrl,
          method.refreshUrl,
          method.deviceAuthorizationUrl,
          method.registrationUrl,
          method.revocationUrl,
        ].filter((url) => typeof url === 'string')
      : [],
  );
}
