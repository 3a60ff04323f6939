import { rejectForeignForm } from '../authorize.ts';
import { readConsentForm } from '../consent-form.ts';
import { json, oauthError, type Reply, type SandboxRequest } from '../exchange.ts';
import { markup, page } from '../page.ts';
import { malformedParameters, parametersWithClient } from '../request-parameters.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { accountChoice } from '../sign-in-page.ts';
import { authenticate } from '../token-endpoint.ts';
import { OPENID_PATH, OPENID_SERVER } from './server.ts';

export const DEVICE_PATH = `${OPENID_PATH}/device`;

/** RFC 8628 §3.1 and §3.2. */
export function startDeviceSignIn(state: SandboxState, request: SandboxRequest): Reply {
  const parameters = parametersWithClient(request);
  if (!parameters) return malformedParameters();
  const app = authenticate(state, parameters, OPENID_SERVER);
  if (!app) return oauthError(401, 'invalid_client', 'Unauthorized');
  const { intervalSeconds, lifetimeSeconds } = state.conditions.device;
  const now = state.clock.now();
  const { deviceCode, userCode } = state.deviceCodes.start(
    {
      clientId: app.clientId,
      scopes: (parameters.get('scope') ?? '').split(' ').filter((scope) => scope !== ''),
      expiresAt: now + lifetimeSeconds * 1000,
      intervalMs: intervalSeconds * 1000,
    },
    now,
  );
  const address = `${state.url}${DEVICE_PATH}`;
  return json(200, {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: address,
    verification_uri_complete: `${address}?user_code=${userCode}`,
    expires_in: lifetimeSeconds,
    interval: intervalSeconds,
  });
}

/** The page where a person types the code of a device and approves it (RFC 8628 §3.3). */
export function answerDevicePage(state: SandboxState, request: SandboxRequest): Reply {
  const form = new URLSearchParams(request.body);
  const userCode = (request.method === 'POST' ? form : request.query).get('user_code') ?? '';
  if (request.method !== 'POST') return askPage(state, userCode, null);
  const foreign = rejectForeignForm(state, request);
  if (foreign) return foreign;
  const now = state.clock.now();
  if (!state.deviceCodes.isOpen(userCode, now))
    return askPage(state, userCode, 'This code is unknown, used or expired.');
  const decision = readConsentForm(form, state.people);
  if (decision.kind === 'incomplete') return askPage(state, userCode, decision.reason);
  const allowed = decision.kind === 'allow';
  state.deviceCodes.decide(userCode, allowed ? { person: decision.person.key } : 'denied', now);
  const content = allowed
    ? markup`<h1>The device is signed in</h1>
<p>You can close this page and return to Tokentray.</p>`
    : markup`<h1>Access denied</h1>
<p>The device was not signed in. You can close this page.</p>`;
  return page(200, 'Device', content);
}

function askPage({ people }: SandboxState, userCode: string, problem: string | null): Reply {
  const content = markup`<h1>Sign in a device</h1>
<p class="dim">Enter the code that Tokentray shows, and choose an account.</p>
${problem === null ? '' : markup`<p class="problem" role="alert">${problem}</p>`}
<form method="post" action="${DEVICE_PATH}">
<p><label>Code <input class="value" name="user_code" value="${userCode}" required autocomplete="off"></label></p>
${accountChoice(people, people[0], false)}
<div class="actions"><button class="primary" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></div>
</form>`;
  return page(problem === null ? 200 : 400, 'Device', content);
}
