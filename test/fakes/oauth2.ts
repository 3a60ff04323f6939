import type { ProviderDefinition } from '../../main/providers/definition.ts';
import { oauth2Of, type OAuth2Settings } from '../../main/providers/methods.ts';

export type Patch = { [K in keyof OAuth2Settings]?: OAuth2Settings[K] | undefined };

/** The `oauth2` settings of a definition that has them, with the addresses that every test's definition has. */
export function oauth2In(definition: ProviderDefinition): OAuth2Settings & {
  authorizationUrl: string;
  tokenUrl: string;
} {
  const settings = oauth2Of(definition);
  if (!settings?.authorizationUrl || !settings.tokenUrl) throw new Error(`${definition.id} has no OAuth`);
  const { authorizationUrl, tokenUrl } = settings;
  return { ...settings, authorizationUrl, tokenUrl };
}

/** The definition with some of its `oauth2` settings replaced; undefined removes one. */
export const withOAuth2 = (definition: ProviderDefinition, patch: Patch): ProviderDefinition => ({
  ...definition,
  methods: definition.methods.map((method) =>
    method.method === 'oauth2' ? ({ ...method, ...patch } as OAuth2Settings) : method,
  ),
});
