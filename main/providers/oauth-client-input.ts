import { fail, failure, ok, type Result } from '../lib/result.ts';
import type { OAuthClientRecord } from '../store/records.ts';
import { RedirectUri } from './address.ts';
import type { ProviderDefinition } from './definition.ts';
import { openable } from './instance.ts';
import { oauth2Of } from './methods.ts';

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
  const oauth2 = oauth2Of(definition);
  if (oauth2 === null) return noOAuth(definition);
  const registerUrl = openable(definition.registerUrl);
  const where = registerUrl === null ? '' : ` from ${registerUrl}`;
  const clientId = input.clientId.trim();
  if (!/^[\x21-\x7e]+$/.test(clientId))
    return badField('client-id', 'This is not a client ID.', `Copy the client ID${where} without spaces.`);
  const secret = input.clientSecret?.trim() ?? '';
  if (!/^[\x20-\x7e]*$/.test(secret))
    return badField('client-secret', 'This is not a client secret.', `Copy the client secret${where} again.`);
  const redirectUri = checkRedirectUri(input.redirectUri ?? oauth2.defaultRedirectUri, definition);
  if (!redirectUri.ok) return redirectUri;
  return ok({ clientId, secret: secret === '' ? null : secret, redirectUri: redirectUri.value });
}

/** A redirect URI that a client of the provider can have, trimmed. */
export function checkRedirectUri(given: string, definition: ProviderDefinition): Result<string> {
  const oauth2 = oauth2Of(definition);
  if (oauth2 === null) return noOAuth(definition);
  const redirectUri = given.trim();
  if (!RedirectUri.safeParse(redirectUri).success || new URL(redirectUri).port === '0')
    return badField(
      'redirect-uri',
      'This redirect URI cannot be used: the sign-in must return to this machine.',
      `Use an http: address on 127.0.0.1, [::1] or localhost, without a query, exactly as registered, such as ${oauth2.defaultRedirectUri}.`,
    );
  const { redirectHosts } = oauth2;
  if (redirectHosts && !redirectHosts.some((host) => host === new URL(redirectUri).hostname))
    return badField(
      'redirect-uri',
      `${definition.name} does not accept a redirect URI on ${new URL(redirectUri).hostname}.`,
      `Register and use one on ${redirectHosts.join(' or ')}, such as ${oauth2.defaultRedirectUri}.`,
    );
  return ok(redirectUri);
}

/** `field`: as the forms name it. */
const badField = (field: string, message: string, hint: string): Result<never> =>
  failure({ code: 'invalid-input', message, hint, field });

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
      ? failure({
          code: 'conflict',
          message: `There is already an OAuth client “${given}”.`,
          hint: 'Choose another name.',
          field: 'client-name',
        })
      : ok(given);
  let name = providerName;
  for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${providerName} ${count}`;
  return ok(name);
}

/** What to do when a provider has no OAuth client yet. */
export function noClient(definition: ProviderDefinition): Result<never> {
  const { id, name } = definition;
  const registerUrl = openable(definition.registerUrl);
  const oauth2 = oauth2Of(definition);
  if (oauth2 === null) return noOAuth(definition);
  return fail(
    'not-found',
    `There is no OAuth client for ${name} yet.`,
    `Register an app${registerUrl === null ? '' : ` at ${registerUrl}`} with the callback ${oauth2.defaultRedirectUri}, then add it with: tokentray clients add ${id}`,
  );
}

/** What to do when a person wants to sign in and there is no other client. */
export const onlyServiceAccount = (
  { id, name }: ProviderDefinition,
  client: OAuthClientRecord,
): Result<never> =>
  fail(
    'not-found',
    `The OAuth client “${client.name}” is that of a service account, and you cannot sign in with it yourself.`,
    `To connect the service account: tokentray connect ${id} --grant client-credentials. To sign in to ${name} yourself, add an OAuth client for that: tokentray clients add ${id}${client.serviceAccount === true ? '' : `. If “${client.name}” can do both, name it: --client`}`,
  );

const noOAuth = ({ name, methods }: ProviderDefinition): Result<never> =>
  fail(
    'unsupported',
    `${name} has no OAuth clients: it is not connected with OAuth.`,
    `Connect it with: ${methods.map(({ method }) => method).join(', ')}.`,
  );

/** By our id, the provider's `client_id`, or name. */
export function findClient(all: readonly OAuthClientRecord[], reference: string): Result<OAuthClientRecord> {
  const name = reference.trim().toLowerCase();
  const byId = all.filter(({ id, clientId }) => id === reference || clientId === reference);
  const found = byId.length > 0 ? byId : all.filter((record) => record.name.toLowerCase() === name);
  const [only] = found;
  if (!only) return fail('not-found', 'There is no such OAuth client.', 'List them: tokentray clients list');
  return found.length === 1
    ? ok(only)
    : fail(
        'ambiguous',
        'Several OAuth clients match.',
        `Use one of these ids: ${found.map(({ id }) => id).join(', ')}.`,
      );
}
