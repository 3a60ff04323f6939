import { labelOf } from '../../contract/client-check.ts';
import type { ProviderView } from '../../contract/provider.ts';
import { askClientId, readClientSecret } from '../client-credentials.ts';
import { defineCommand } from '../command.ts';
import { givenText } from '../given-text.ts';
import { CLIENT_OPTIONS } from '../options.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { showClients } from '../present/clients.ts';
import { setupDocument, setupLines } from '../present/setup.ts';
import type { Runtime } from '../runtime.ts';
import { scopesIn } from '../scopes.ts';

export const command = defineCommand(
  {
    name: 'clients add',
    summary: 'Stores an OAuth client that you registered with a provider',
    details:
      'At a terminal it first prints how to register one, step by step. Prompts for the secret, or reads it from standard input if there is no terminal. The secret is stored encrypted and never shown again.',
    positionals: [
      { name: 'provider', description: 'see "tokentray providers"', required: true, completes: 'providers' },
    ],
    options: {
      ...CLIENT_OPTIONS,
      file: {
        type: 'text',
        value: 'FILE',
        description: 'JSON with the client, as the provider’s console downloads it; "-" reads standard input',
        completes: 'files',
      },
      steps: { type: 'flag', description: 'Only print how to register one' },
      'service-account': {
        type: 'flag',
        description: 'It belongs to a service account, so that no person can sign in with it',
      },
      public: { type: 'flag', description: 'The client has no secret' },
      'client-secret': { type: 'text', value: '', description: 'Rejected', hidden: true },
    },
    examples: [
      'tokentray clients add atlassian --client-id abc123',
      'tokentray clients add atlassian --client-id def456 --name "Build robot" --service-account',
      'tokentray clients add atlassian --steps',
      'tokentray clients add google --file client_secret.json',
      'pass show atlassian | tokentray clients add atlassian --client-id abc123',
    ],
  },
  async (runtime, { positionals: { provider }, options }) => {
    if (options['client-secret'] !== undefined) {
      return failed(
        'usage',
        'A secret on a command line can be read by every program on this machine.',
        'Leave out --client-secret: Tokentray prompts for the secret, or reads it from standard input. Consider the one you typed leaked.',
      );
    }
    const scopes = options.scopes === undefined ? undefined : scopesIn(options.scopes);
    if (options.file !== undefined)
      return addFromFile(runtime, provider, options.file, { name: options.name, scopes });
    const asks = runtime.interactive && options['client-id'] === undefined;
    const view = asks || options.steps ? await providerOf(runtime, provider) : null;
    if (options.steps && view?.ok === false) return view;
    const known = view?.ok === true ? view.value : null;
    const facts = {
      use: options['service-account'] ? 'service-account' : 'people',
      scopes: scopes ?? known?.defaultScopes ?? [],
      redirectUri: options['redirect-uri'] ?? known?.defaultRedirectUri ?? null,
    } as const;
    if (options.steps && known !== null) {
      if (runtime.json) runtime.document(setupDocument(known, facts));
      else for (const line of setupLines(known, facts)) runtime.print(line);
      return done(0);
    }
    if (known !== null) for (const line of setupLines(known, facts)) runtime.log(line);
    const rules = {
      providerName: known?.name ?? provider,
      setup: known?.setup,
      addresses: known?.needsClient === false,
    };
    const label = (name: 'clientId' | 'clientSecret'): string => labelOf(name, known?.setup);
    const clientId =
      options['client-id'] ??
      (runtime.interactive ? await askClientId(runtime, label('clientId'), rules) : null);
    if (!clientId) {
      return failed('usage', 'The client ID is missing.', 'Add it: --client-id ID');
    }
    const withoutSecret = options.public === true || known?.setup?.secret === 'none';
    const secret = withoutSecret
      ? done(undefined)
      : await readClientSecret(runtime, label('clientSecret'), clientId, rules);
    if (!secret.ok) return secret;
    const added = await runtime.app.call('clients.add', {
      provider,
      clientId,
      clientSecret: secret.value,
      name: options.name,
      redirectUri: options['redirect-uri'],
      serviceAccount: options['service-account'],
      scopes,
    });
    if (!added.ok) return added;
    if (runtime.json) runtime.document(added.value);
    else showClients(runtime, [added.value]);
    return done(0);
  },
);

/** The provider as `tokentray providers` lists it. */
async function providerOf(runtime: Runtime, id: string): Promise<Outcome<ProviderView>> {
  const listed = await runtime.app.call('providers.list', {});
  if (!listed.ok) return listed;
  const provider = listed.value.providers.find((item) => item.id === id);
  return provider === undefined
    ? failed('not-found', `There is no provider “${id}”.`, 'List them: tokentray providers')
    : done(provider);
}

async function addFromFile(
  runtime: Runtime,
  provider: string,
  file: string,
  given: { name: string | undefined; scopes: string[] | undefined },
): Promise<Outcome<number>> {
  const text = await givenText(runtime, file, TOO_LARGE);
  if (!text.ok) return text;
  const found = await runtime.app.call('clients.check-file', { provider, text: text.value });
  if (!found.ok) return found;
  if (found.value.kind === 'provider')
    return failed(
      'invalid-input',
      'This file describes a provider, not only an OAuth client.',
      'Add it with: tokentray providers add FILE',
    );
  if (found.value.notice !== null) runtime.log(found.value.notice);
  const added = await runtime.app.call('clients.add-file', { provider, text: text.value, ...given });
  if (!added.ok) return added;
  if (runtime.json) runtime.document(added.value);
  else showClients(runtime, [added.value]);
  return done(0);
}

const TOO_LARGE = {
  message: 'This is too large for such a file.',
  hint: 'Choose the file with the OAuth client.',
};
