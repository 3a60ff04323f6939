import type { ProviderView } from '../../contract/provider.ts';
import {
  consoleName,
  redirectUriWords,
  scopeGroups,
  setupSteps,
  shortName,
  type ClientUse,
} from '../../contract/setup-steps.ts';
import { plain } from './plain.ts';

/** What the steps are printed with. */
export interface SetupFacts {
  use: ClientUse;
  scopes: readonly string[];
  redirectUri: string | null;
}

/** The steps of registering an OAuth client, a line each with what belongs to it below. Pure. */
export function setupLines(provider: ProviderView, { use, scopes, redirectUri }: SetupFacts): string[] {
  const { setup } = provider;
  const { groups, byItself } = scopeGroups(provider, scopes);
  const url = use === 'people' ? provider.registerUrl : (setup?.serviceAccount?.registerUrl ?? null);
  const inConsole = setup?.scopesAt !== 'request';
  const below = {
    console: [consoleName(provider, use), ...(url === null ? [] : [url])].map((line, index) =>
      index === 0 ? `${line.charAt(0).toUpperCase()}${line.slice(1)}` : line,
    ),
    permissions: [
      ...(inConsole ? groups.map(({ name, scopes: of }) => `${name ?? 'Scopes'}: ${of.join(' ')}`) : []),
      ...(inConsole && byItself.length > 0 ? [`Tokentray asks for ${byItself.join(' ')} itself.`] : []),
    ],
    'redirect-uri': [...(redirectUri === null ? [] : [redirectUri]), redirectUriWords(provider)],
    credentials: [],
  };
  const { minutes = null, note = null } = (use === 'people' ? setup : null) ?? {};
  return [
    `Register Tokentray with ${shortName(provider.name)}${minutes === null ? '' : `, in about ${minutes} minutes`}:`,
    ...(note === null ? [] : [note]),
    ...setupSteps(provider, use).flatMap(({ id, title, where }, index) => [
      `  ${index + 1}  ${title}`,
      ...[where, ...below[id]].map((line) => `     ${line}`),
    ]),
  ].map(plain);
}

/** The same for programs. Pure. */
export function setupDocument(provider: ProviderView, { use, scopes, redirectUri }: SetupFacts): object {
  const { groups, byItself } = scopeGroups(provider, scopes);
  const people = use === 'people';
  return {
    provider: provider.id,
    console: consoleName(provider, use),
    registerUrl: people ? provider.registerUrl : (provider.setup?.serviceAccount?.registerUrl ?? null),
    steps: setupSteps(provider, use),
    ...(people && { scopes: groups, scopesByItself: byItself, redirectUri }),
  };
}
