import type { z } from 'zod';
import type { ProviderDefinition, WhoAmI } from './definition.ts';
import type { OAuth2Settings } from './methods.ts';
import type { SecretMethod } from './secret-method.ts';

/** A definition as its file has it. */
export type DefinitionInput = z.input<typeof ProviderDefinition>;

const OAUTH2 = {
  grants: ['authorization-code'],
  discovery: false,
  issuerAliases: [],
  trustedHosts: [],
  authorizationParameters: {},
  tokenParameters: {},
  pkce: true,
  scopeParameter: 'scope',
  scopeSeparator: ' ',
  requiredScopes: [],
  optionalScopes: [],
  defaultScopes: [],
  clientCredentialsScopes: [],
  scopes: [],
  scopePresets: [],
  defaultRedirectUri: 'http://127.0.0.1:7979/callback',
  redirectPort: 'exact',
  clientAuthentication: 'client_secret_post',
  tokenBody: 'form',
} satisfies Partial<OAuth2Settings>;

const REFRESH: OAuth2Settings['refresh'] = {
  reuseWindowSeconds: 0,
  goneErrors: ['invalid_grant'],
  misconfiguredErrors: ['invalid_client', 'unauthorized_client'],
  repeatRedirectUri: false,
};

const SECRET = {
  username: 'none',
  owner: 'user',
  expiry: 'ask',
  prefixes: [],
  refused: [],
} satisfies Partial<SecretMethod>;

const WHO_AM_I = { method: 'GET', headers: {}, answer: 'json', anonymous: false } satisfies Partial<WhoAmI>;

const completeIdentity = (
  identity: DefinitionInput['identity'] = { kind: 'none' },
): ProviderDefinition['identity'] =>
  identity.kind === 'atlassian-cloud'
    ? { ...identity, siteUrl: identity.siteUrl ?? 'https://{name}.atlassian.net' }
    : identity;

/**
 * A bundled definition with every default, as the schema would give it. Parsing them would take longer than everything
 * else at a start; a test compares the two.
 */
export const complete = (definition: DefinitionInput): ProviderDefinition =>
  ({
    tried: false,
    ...definition,
    identity: completeIdentity(definition.identity),
    apis: (definition.apis ?? []).map((api) => ({
      ...api,
      ...(api.whoAmI ? { whoAmI: { ...WHO_AM_I, ...api.whoAmI } } : {}),
      probes: (api.probes ?? []).map((probe) => ({
        scopes: [],
        granular: [],
        absent: false,
        successors: [],
        ...probe,
      })),
    })),
    methods: definition.methods.map((method) =>
      method.method === 'oauth2'
        ? { ...OAUTH2, ...method, refresh: { ...REFRESH, ...method.refresh } }
        : {
            ...SECRET,
            ...method,
            ways: method.ways.map((way) => ({
              route: 'default',
              ...(way.as === 'header' ? { prefix: '' } : {}),
              ...way,
              ...(way.as === 'header'
                ? { also: (way.also ?? []).map((header) => ({ prefix: '', ...header })) }
                : {}),
            })),
          },
    ),
  }) as ProviderDefinition;
