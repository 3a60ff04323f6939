import { randomUUID } from 'node:crypto';
import type { SignInId } from '../../contract/ids.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { OAuthClients, ProviderRegistry } from '../providers/ports.ts';
import { authorizationUrl } from './authorization-url.ts';
import type { Flow } from './flow.ts';
import type { SignInRequest } from './ports.ts';
import { requestedScopes } from './requested-scopes.ts';

/** Time for the person to return from the browser. */
export const CALLBACK_LIMIT_MS = 5 * 60_000;

export interface PrepareOptions {
  registry: Pick<ProviderRegistry, 'get'>;
  clients: Pick<OAuthClients, 'choose' | 'secret'>;
  clock: Clock;
  random: (size: number) => Buffer;
}

/** A sign-in with its own state and verifier (RFC 7636 §4.1: 32 random octets), not yet listening. */
export async function prepareFlow(
  { registry, clients, clock, random }: PrepareOptions,
  request: SignInRequest,
): Promise<Result<Flow>> {
  const found = registry.get(request.provider);
  if (!found.ok) return found;
  const definition = found.value;
  if (request.method !== 'oauth2' || !definition.methods.includes('oauth2'))
    return fail(
      'unsupported',
      `${definition.name} cannot be connected with the method ${request.method}.`,
      'Leave the method out to sign in with the browser (oauth2).',
    );
  const asked = requestedScopes(definition, request.scopes);
  if (!asked.ok) return asked;
  const client = clients.choose(request.provider, request.client);
  if (!client.ok) return client;
  // Read now, so that a locked keychain is noticed before the person signs in.
  const secret = clients.secret(client.value.id);
  if (!secret.ok) return secret;

  const { clientId, redirectUri } = client.value;
  const { scopes, notice } = asked.value;
  const state = random(32).toString('base64url');
  const codeVerifier = random(32).toString('base64url');
  const authorizeUrl = await authorizationUrl({
    definition,
    clientId,
    redirectUri,
    scopes,
    state,
    codeVerifier,
  });
  const startedAt = clock.now();
  const deadline = startedAt + CALLBACK_LIMIT_MS;
  return ok({
    id: randomUUID() as SignInId,
    request,
    definition,
    client: client.value,
    scopes,
    state,
    codeVerifier,
    startedAt,
    deadline,
    abort: new AbortController(),
    stage: {
      stage: 'waiting',
      authorizeUrl,
      redirectUri,
      listening: false,
      opened: false,
      notice,
      deadline: isoTime(deadline),
    },
    received: null,
    accountAccepted: false,
    chosenSite: null,
    saving: false,
    limit: null,
    listener: null,
  });
}
