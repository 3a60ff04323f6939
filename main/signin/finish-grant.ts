import type { Identity } from '../atlassian/identify.ts';
import { BEARER } from '../credentials/sent.ts';
import type { Result } from '../lib/result.ts';
import type { Conversation } from './method.ts';
import type { OAuthParties } from './oauth-setup.ts';
import type { Obtained } from './ports.ts';
import { whoSignedIn, type SignedInQuestion } from './who-signed-in.ts';

/** Hands over the tokens of a grant once it is known whose they are; ends the sign-in when it is not. */
export async function finishGrant(
  conversation: Conversation,
  identity: Result<Identity>,
  grant: Pick<Obtained, 'client' | 'grant' | 'tokens'> & { scopes: string[] },
): Promise<void> {
  if (!identity.ok) {
    conversation.fail(identity.error);
    return;
  }
  const { scopes, ...obtained } = grant;
  await conversation.finish({
    ...obtained,
    sent: BEARER,
    route: 'default',
    ...identity.value,
    requestedScopes: scopes,
    grantedScopes: obtained.tokens.scopes ?? scopes,
  });
}

/** The same for a person's grant: who it is, is read from the ID token or asked for. */
export async function finishPersonsGrant(
  conversation: Conversation,
  { identify, clock }: Pick<SignedInQuestion, 'identify' | 'clock'>,
  { definition, settings, client }: Pick<OAuthParties, 'definition' | 'settings' | 'client'>,
  exchanged: Pick<SignedInQuestion, 'tokens' | 'idToken' | 'nonce'>,
  { grant, scopes }: Pick<Obtained, 'grant'> & { scopes: string[] },
): Promise<void> {
  const { tokens } = exchanged;
  const identity = await whoSignedIn({
    identify,
    clock,
    ...exchanged,
    fetch: conversation.fetch,
    definition,
    settings,
    clientId: client.clientId,
    scopes: tokens.scopes ?? scopes,
  });
  await finishGrant(conversation, identity, { client: client.id, grant, tokens, scopes });
}
