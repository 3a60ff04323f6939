import { ProviderDefinition } from '../../../main/providers/definition.ts';
import { oauth2Of, type OAuth2Settings } from '../../../main/providers/methods.ts';

/** Where no discovery finds any. */
const ADDRESSES = {
  authorizationUrl: 'https://auth.example/authorize',
  tokenUrl: 'https://auth.example/token',
  deviceAuthorizationUrl: 'https://auth.example/device',
};

/** A definition with these fields in its method `oauth2`, as a provider file would have them. */
export const definitionWith = (
  oauth2: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): ProviderDefinition => {
  const addresses = oauth2['discovery'] === true ? {} : ADDRESSES;
  const method = { method: 'oauth2', ...addresses, ...oauth2 };
  return ProviderDefinition.parse({ id: 'acme', name: 'Acme', methods: [method], ...rest });
};

export function settingsWith(oauth2: Record<string, unknown>): OAuth2Settings {
  const settings = oauth2Of(definitionWith(oauth2));
  if (settings === null) throw new Error('there is no method oauth2');
  return settings;
}
