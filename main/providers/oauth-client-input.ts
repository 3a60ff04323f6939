import { fail, ok, type Result } from '../lib/result.ts';
import type { OAuthClientRecord } from '../store/records.ts';
import { RedirectUri, type ProviderDefinition } from './definition.ts';

export interface OAuthClientInput {
  name?: string | undefined;
  clientId: string;
  clientSecret?: string | undefined;
  redirectUri?: string | undefined;
}

/** What a person typed or pasted for an OAuth client, trimmed and checked. `secret` null: a public client. */
export function checkClient(
  input: OAuthClientInput,
  definition: ProviderDefinition,
): Result<{ clientId: string; secret: string | null; redirectUri: string }> {
  const where = definition.registerUrl ? ` from ${definition.registerUrl}` : '';
  const clientId = input.clientId.trim();
  if (!/^[\x21-\x7e]+$/.test(clientId))
    return fail('invalid-input', 'This is not a client ID.', `Copy the client ID${where} without spaces.`);
  const secret = input.clientSecret?.trim() ?? '';
  if (!/^[\x20-\x7e]*$/.test(secret))
    return fail('invalid-input', 'This is not a client secret.', `Copy the client secret${where} again.`);
  const redirectUri = input.redirectUri?.trim() ?? definition.oauth2.defaultRedirectUri;
  if (!RedirectUri.safeParse(redirectUri).success || new URL(redirectUri).port === '0')
    return fail(
      'invalid-input',
      'This redirect URI cannot be used: the sign-in must return to this machine.',
      `Use an http: address on 127.0.0.1, [::1] or localhost, without a query, exactly as registered, such as ${definition.oauth2.defaultRedirectUri}.`,
    );
  return ok({ clientId, secret: secret === '' ? null : secret, redirectUri });
}

/** The given name, if no other client of the provider has it; else the provider's, numbered where needed. */
export function chooseClientName(
  wanted: string | undefined,
  providerName: string,
  others: readonly OAuthClientRecord[],
): Result<string> {
  const taken = new Set(others.map(({ name }) => name.toLowerCase()));
  const given = wanted?.trim() ?? '';
  if (given !== '')
    return taken.has(given.toLowerCase())
      ? fail('conflict', `There is already an OAuth client “${given}”.`, 'Choose another name.')
      : ok(given);
  let name = providerName;
  for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${providerName} ${count}`;
  return ok(name);
}

/** What to do when a provider has no OAuth client yet. */
export function noClient({ id, name, registerUrl, oauth2 }: ProviderDefinition): Result<never> {
  return fail(
    'not-found',
    `There is no OAuth client for ${name} yet.`,
    `Register an app${registerUrl ? ` at ${registerUrl}` : ''} with the callback ${oauth2.defaultRedirectUri}, then add it with: tokentray clients add ${id}`,
  );
}
