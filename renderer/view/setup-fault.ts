import type { Failure } from '../../contract/errors.ts';
import type { ProviderView } from '../../contract/provider.ts';
import { stepAtFault, type ClientUse } from '../../contract/setup-steps.ts';
import type { SignInView } from '../../contract/sign-in.ts';

type Ended = Pick<SignInView, 'client' | 'stage'>;

/** The client of a sign-in, if a person can change it. */
export function clientToMend({ client }: Pick<SignInView, 'client'>, provider: ProviderView | undefined) {
  return provider?.clients.find(({ id, origin }) => id === client && origin === 'user');
}

/**
 * What the guide has to say about a sign-in that ended: what its steps can mend, or that the person refused; null where it cannot help.
 * `fromGuide`: the guide began it. Pure.
 */
export function faultOf({ stage }: Ended, fromGuide: boolean): Failure | null {
  if (stage.stage !== 'failed') return null;
  const { error } = stage;
  if (stepAtFault(error.field) !== null) return guided(error);
  return fromGuide && error.code !== 'cancelled' ? error : null;
}

/** Its hint is a command; here the field to mend is beside it. */
const guided = (failure: Failure): Failure =>
  failure.field === 'client-secret'
    ? {
        ...failure,
        message: 'The provider does not accept this secret.',
        hint: 'Copy it once more from the console. One that was replaced there no longer works.',
      }
    : failure;

export interface PageCause {
  /** What the provider’s page is about. */
  label: string;
  failure: Failure;
}

/** What a provider’s own error page can be about: it sends nobody back, so only the person knows. Pure. */
export function pageCauses(providerName: string, redirectUri: string): PageCause[] {
  return [
    {
      label: 'It does not know the app, or the client ID',
      failure: {
        code: 'misconfigured',
        message: `${providerName} does not know this client ID.`,
        hint: 'Copy it once more. A client that was deleted there must be created again.',
        field: 'client-id',
      },
    },
    {
      label: 'It does not accept the redirect URI, or callback address',
      failure: {
        code: 'misconfigured',
        message: `${providerName} does not accept ${redirectUri}.`,
        hint: 'Copy it from here into the console and save there. Every character counts, port and path too.',
        field: 'redirect-uri',
      },
    },
    {
      label: 'It names a scope or permission, or says only that something went wrong',
      failure: {
        code: 'misconfigured',
        message: `${providerName} does not let this app ask for one of these permissions.`,
        hint: 'Add all of them in the console, and save there; or choose to do less.',
        field: 'scopes',
      },
    },
  ];
}

/** What a sign-in with the client is called and asks for. */
export const grantOf = (use: ClientUse): 'client-credentials' | 'authorization-code' =>
  use === 'service-account' ? 'client-credentials' : 'authorization-code';
