import type { CallInput } from '../../contract/calls.ts';
import type { ConnectionId, OAuthClientId, ProviderId } from '../../contract/ids.ts';
import type { ClientUse } from '../../contract/setup-steps.ts';
import type { ClientSave } from '../store/dialog-state.ts';
import { formText } from './form-text.ts';
import { grantOf } from './setup-fault.ts';

/** What the guide knows besides what is in its form. */
export interface SetupChoice {
  provider: ProviderId;
  /** The one that is changed; null: a new one. */
  client: OAuthClientId | null;
  use: ClientUse;
  reconnect: ConnectionId | null;
  redirectUri: string;
  scopes: readonly string[];
}

/** How the OAuth client is saved. Pure. */
export function clientSaveOf(
  form: FormData,
  { provider, client, use, redirectUri, scopes }: SetupChoice,
): ClientSave {
  const name = formText(form, 'client-name');
  const secret = formText(form, 'client-secret');
  const common = {
    clientId: formText(form, 'client-id'),
    ...(name !== '' && { name }),
    ...(secret !== '' && { clientSecret: secret }),
    ...(use === 'people' && { redirectUri: redirectUri.trim(), scopes: [...scopes] }),
  };
  return client === null
    ? {
        kind: 'add',
        request: { provider, ...common, ...(use === 'service-account' && { serviceAccount: true }) },
      }
    : { kind: 'change', request: { client, ...common } };
}

/** The sign-in that follows. Pure. */
export function signInOf(
  form: FormData,
  { provider, use, reconnect, scopes }: SetupChoice,
): Omit<CallInput<'sign-in.start'>, 'open' | 'client'> {
  const url = formText(form, 'url');
  const asked = use === 'people' ? { scopes: [...scopes] } : {};
  if (reconnect !== null) return { reconnect, ...asked };
  return { provider, method: 'oauth2', grant: grantOf(use), ...asked, ...(url !== '' && { url }) };
}
