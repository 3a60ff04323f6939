import { rejectForeignForm } from '../authorize.ts';
import type { Reply, SandboxRequest } from '../exchange.ts';
import { markup, page } from '../page.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { triesKey } from './caller.ts';
import type { DataCenterProduct } from './data-center.ts';

/** The login page: signing in there once ends the CAPTCHA for this user. */
export function answerLogin(
  state: SandboxState,
  request: SandboxRequest,
  { name, provider }: DataCenterProduct,
): Reply {
  const foreign = request.method === 'POST' ? rejectForeignForm(state, request) : null;
  if (foreign) return foreign;
  const username = request.method === 'POST' ? new URLSearchParams(request.body).get('username') : null;
  if (username !== null) state.wrongTries.delete(triesKey(provider, username));
  const content =
    username === null
      ? markup`<h1>Log in to ${name}</h1>
<p>The sandbox asks for no password here: choosing a user solves the CAPTCHA.</p>
<form method="post"><div class="actions">${state.people.map(
          ({ key }) => markup`<button name="username" value="${key}">${key}</button>`,
        )}</div></form>`
      : markup`<h1>Logged in</h1>
<p>${name} accepts the password of <b>${username}</b> again.</p>`;
  return page(200, 'Log in', content);
}
