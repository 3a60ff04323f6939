import type { Identity } from '../atlassian/identify.ts';
import { BEARER } from '../credentials/sent.ts';
import type { Result } from '../lib/result.ts';
import type { Conversation } from './method.ts';
import type { Obtained } from './ports.ts';

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
