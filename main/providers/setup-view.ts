import type { ClientSetupView } from '../../contract/client-setup.ts';
import type { ClientSetup } from './client-setup.ts';
import type { ProviderDefinition } from './definition.ts';
import { openable } from './instance.ts';
import { oauth2Of } from './methods.ts';

/** How a person registers an OAuth client here, for callers; null where there are none. */
export function setupView(definition: ProviderDefinition): ClientSetupView | null {
  const oauth2 = oauth2Of(definition);
  if (oauth2 === null) return null;
  const { setup } = oauth2;
  const { labels, shapes, serviceAccount } = setup ?? {};
  return {
    console: setup?.console ?? null,
    minutes: setup?.minutes ?? null,
    note: setup?.note ?? null,
    steps: stepsView(setup?.steps),
    labels: {
      clientId: labels?.clientId ?? null,
      clientSecret: labels?.clientSecret ?? null,
      redirectUri: labels?.redirectUri ?? null,
    },
    scopesAt: setup?.scopesAt ?? null,
    secret: setup?.secret ?? null,
    shapes: { clientId: shapes?.clientId ?? null, clientSecret: shapes?.clientSecret ?? null },
    otherSecrets: definition.methods.flatMap((method) =>
      method.method === 'oauth2'
        ? []
        : method.prefixes.map((prefix) => ({
            prefix,
            name: withArticle(method.label ?? WORDS[method.method]),
          })),
    ),
    serviceAccount: oauth2.grants.includes('client-credentials')
      ? {
          registerUrl: openable(serviceAccount?.registerUrl) ?? openable(definition.registerUrl),
          console: serviceAccount?.console ?? null,
          steps: stepsView(serviceAccount?.steps),
        }
      : null,
    anyPort: oauth2.redirectPort === 'any',
  };
}

const stepsView = (steps: ClientSetup['steps']): ClientSetupView['steps'] => ({
  console: steps?.console ?? null,
  permissions: steps?.permissions ?? null,
  redirectUri: steps?.redirectUri ?? null,
  credentials: steps?.credentials ?? null,
});

const WORDS: Readonly<Record<string, string>> = {
  'api-token': 'API token',
  'personal-access-token': 'personal access token',
  basic: 'password',
  'api-key': 'API key',
  'access-token': 'access token',
};

const withArticle = (words = 'secret of another kind'): string =>
  `${/^(?:[aeio]|API)/i.test(words) ? 'an' : 'a'} ${words}`;
