import type { ProviderDefinition } from './definition.ts';
import type { OAuth2Settings } from './methods.ts';

const OAUTH2_FIELDS = [
  'issuer',
  'resource',
  'authorizationUrl',
  'tokenUrl',
  'refreshUrl',
  'deviceAuthorizationUrl',
  'registrationUrl',
  'revocationUrl',
] as const satisfies readonly (keyof OAuth2Settings)[];

/**
 * The definition with `map` applied to each address to which a credential or a client secret may be sent, placeholders
 * included. What only a person opens in a browser to read stays.
 */
export function mapCalled(
  definition: ProviderDefinition,
  map: (address: string) => string,
): ProviderDefinition {
  const { methods, apis, identity } = definition;
  return {
    ...definition,
    methods: methods.map((method) => (method.method === 'oauth2' ? mapOAuth2(method, map) : method)),
    apis: apis.map((api) => ({ ...api, urls: mapFields(api.urls, Object.keys(api.urls), map) })),
    identity: mapFields(identity, ['apiUrl', 'userinfoUrl', 'jwksUrl'], map),
  };
}

function mapOAuth2(settings: OAuth2Settings, map: (address: string) => string): OAuth2Settings {
  return {
    ...mapFields(settings, OAUTH2_FIELDS, map),
    issuerAliases: settings.issuerAliases.map(map),
    trustedHosts: settings.trustedHosts.map((host) => new URL(map(`https://${host}`)).host),
  };
}

function mapFields<T extends object>(
  value: T,
  fields: readonly string[],
  map: (address: string) => string,
): T {
  const mapped = Object.entries(value).map(([name, entry]: [string, unknown]) => [
    name,
    fields.includes(name) && typeof entry === 'string' ? map(entry) : entry,
  ]);
  return Object.fromEntries(mapped) as T;
}

/** The origins of those addresses, sorted; `{instance}` and `{site}` stand for what the person enters. */
export function talksTo(definition: ProviderDefinition): string[] {
  const found = new Set<string>();
  mapCalled(definition, (address) => {
    found.add(originOf(address));
    return address;
  });
  const usual = definition.instance?.default;
  if (usual !== undefined && found.has('{instance}')) found.add(originOf(usual));
  return [...found].sort();
}

const originOf = (address: string): string =>
  /^\{(instance|site)\}/.exec(address)?.[0] ?? new URL(address).origin;
