import { codeRedirect, errorRedirect, judgeAuthorizeRequest } from './authorize-request.ts';
import { readConsentForm } from './consent-form.ts';
import { seeOther, type SandboxRequest, type Reply } from './exchange.ts';
import { ATLASSIAN_SERVER, type OAuthServer } from './oauth-server.ts';
import { errorPage } from './page.ts';
import type { SandboxState } from './sandbox-state.ts';
import { signInPage } from './sign-in-page.ts';

/** `GET` shows the sign-in page; `POST` of its form redirects to the app with a code or an error. */
export function answerAuthorize(
  state: SandboxState,
  request: SandboxRequest,
  server: OAuthServer = ATLASSIAN_SERVER,
): Reply {
  const verdict = judgeAuthorizeRequest(request.query, {
    server,
    apps: server.apps(state),
    notEnabled: state.conditions.notEnabledScopes,
    resources: server.resources?.(state) ?? null,
    httpsCallbackOnly: server.httpsCallbackOnly(state),
  });
  switch (verdict.kind) {
    case 'page':
      return errorPage(400, verdict.title, verdict.detail);
    case 'redirect':
      return seeOther(verdict.location);
    case 'valid':
      break;
  }
  const authorize = verdict.request;
  const show = (problem: string | null): Reply =>
    signInPage({
      request: authorize,
      server: server === ATLASSIAN_SERVER ? null : server.name,
      sites: server.sites,
      people: state.people,
      descriptions: state.scopeDescriptions,
      problem,
    });
  if (request.method !== 'POST') return show(null);
  const foreign = rejectForeignForm(state, request);
  if (foreign) return foreign;

  const decision = readConsentForm(new URLSearchParams(request.body), state.people);
  switch (decision.kind) {
    case 'incomplete':
      return show(decision.reason);
    case 'deny':
      return seeOther(errorRedirect(authorize, 'access_denied', 'User did not authorize the request'));
    case 'allow': {
      const { clientId } = authorize.app;
      const { scopes, redirectUri, challenge } = authorize;
      const grant = state.grants.consent({
        clientId,
        person: decision.person.key,
        scopes,
        sites: decision.sites,
      });
      const code = state.codes.issue({ clientId, redirectUri, challenge, grant, scopes }, state.clock.now());
      return seeOther(codeRedirect(authorize, code, server.issuer?.(state) ?? null));
    }
  }
}

/** A page from elsewhere must not be able to submit Allow. */
export function rejectForeignForm(
  { url }: SandboxState,
  { headers: { origin } }: SandboxRequest,
): Reply | null {
  return origin === undefined || origin === url
    ? null
    : errorPage(403, 'Request rejected', 'The form was sent from another site.');
}
