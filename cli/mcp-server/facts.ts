import type { CallOutput } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { SignInStage, SignInView } from '../../contract/sign-in.ts';

/** What an agent may know of a connection. Named one by one, so that a new field of the contract is not passed on unseen. */
export const connectionFacts = (connection: ConnectionView) => {
  const { id, name, provider, account, site, status, active, scopes, missingScopes, expiresAt, apis } =
    connection;
  return {
    id,
    name,
    provider,
    account: { name: account.name, email: account.email },
    site: site === null ? null : { name: site.name, url: site.url, cloudId: site.cloudId },
    state: status.state,
    ...explained(status),
    active,
    scopes,
    missingScopes,
    expiresAt,
    apis: apis.map(({ id: api, url }) => ({ id: api, url })),
  };
};

function explained(status: ConnectionView['status']): { explanation?: string } {
  if (status.state === 'needs-reconnect') return { explanation: `${status.reason} ${status.hint}` };
  if (status.state === 'offline') return { explanation: `${status.reason} Next try: ${status.retryAt}.` };
  return {};
}

export const testFacts = ({ ok, results, scopes }: CallOutput<'connections.test'>) => ({
  ok,
  results: results.map(({ check, ok: works, message, hint }) => ({ check, ok: works, message, hint })),
  scopes: scopes.map(({ scope, has }) => ({ scope, has })),
});

export const signInFacts = ({ id, providerName, stage }: SignInView) => ({
  signIn: id,
  provider: providerName,
  stage: stage.stage,
  ...stageFacts(stage),
});

/** What comes next, and who does it. Neither state nor code of the sign-in is passed on with an address that was opened. */
function stageFacts(stage: SignInStage): Record<string, unknown> {
  switch (stage.stage) {
    case 'waiting':
      return stage.opened
        ? {
            next: 'The person finishes the sign-in in the browser that was opened.',
            deadline: stage.deadline,
          }
        : {
            next: 'No browser could be opened. Show the person this address to open.',
            address: stage.authorizeUrl,
            deadline: stage.deadline,
          };
    case 'enter-code':
      return {
        next: 'The person opens the address and enters the code.',
        address: stage.verificationUrl,
        code: stage.userCode,
        deadline: stage.deadline,
      };
    case 'enter-secret':
      return {
        next: 'The person enters the secret in Tokentray’s window, never in this conversation.',
        createAt: stage.createUrl,
        deadline: stage.deadline,
      };
    case 'exchanging':
      return { next: 'Nothing; it is almost done.' };
    case 'choose-site':
      return {
        next: 'The person picks the site in Tokentray’s window, or start again with “site”.',
        sites: stage.sites.map(({ name, url }) => ({ name, url })),
      };
    case 'confirm-account':
      return { next: 'The person confirms in Tokentray’s window that another account is right.' };
    case 'done':
      return { connection: stage.connection };
    case 'failed':
      return { error: stage.error.message, hint: stage.error.hint };
  }
}
