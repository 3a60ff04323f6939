import type { AppRegistration } from '../app-registration.ts';
import type { Reply } from '../exchange.ts';
import { COPY_SCRIPT, markup, page, type Html } from '../page.ts';
import type { SandboxState } from '../sandbox-state.ts';

export type AppTab = 'permissions' | 'authorization' | 'settings';

const TITLES: Readonly<Record<AppTab, string>> = {
  permissions: 'Permissions',
  authorization: 'Authorization',
  settings: 'Settings',
};

interface Shown {
  tab: AppTab;
  saved: boolean;
  problem: string | null;
}

/** One app of the console, with the places that Atlassian’s has. */
export function appPage(state: SandboxState, app: AppRegistration, { tab, saved, problem }: Shown): Reply {
  const links = Object.entries(TITLES).map(
    ([name, title]) =>
      markup`<a href="/console/${app.clientId}/${name}"${{ html: name === tab ? ' aria-current="page"' : '' }}>${title}</a>`,
  );
  const content = markup`<p><a href="/console">My apps</a></p>
<h1>${app.name}</h1>
<nav class="tabs">${links}</nav>
${saved ? markup`<p class="problem" role="status">Saved.</p>` : ''}
${problem === null ? '' : markup`<p class="problem" role="alert">${problem}</p>`}
${CONTENT[tab](state, app)}`;
  return page(problem === null ? 200 : 400, app.name, content, { script: COPY_SCRIPT });
}

const CONTENT: Readonly<Record<AppTab, (state: SandboxState, app: AppRegistration) => Html>> = {
  permissions: (state, app) => markup`<form method="post" action="/console/${app.clientId}/permissions">
${state.consoleScopes.map(
  ({
    place,
    scopes,
  }) => markup`<details${{ html: place.includes('Granular') ? '' : ' open' }}><summary>${place} (${String(
    scopes.filter(({ scope }) => app.scopes?.includes(scope)).length,
  )} of ${String(scopes.length)})</summary>
<label class="line"><span>Paste scopes to add</span><input class="text" name="pasted" autocomplete="off" spellcheck="false"></label>
${scopes.map(
  ({ scope, description }) =>
    markup`<label class="tick"><input type="checkbox" name="scope" value="${scope}"${{ html: app.scopes?.includes(scope) ? ' checked' : '' }}><span><code>${scope}</code><span class="mail">${description}</span></span></label>`,
)}</details>`,
)}
<div class="actions"><button class="primary">Save</button></div>
</form>`,
  authorization: (_state, app) => markup`<h2>OAuth 2.0 (3LO)</h2>
<form method="post" action="/console/${app.clientId}/authorization">
<label class="line"><span>Callback URL</span><input class="text" name="callback" required autocomplete="off" spellcheck="false" value="${app.redirectUris === 'loopback' ? '' : (app.redirectUris[0] ?? '')}"></label>
<div class="actions"><button class="primary">Save changes</button></div>
</form>`,
  settings: (_state, app) => markup`<h2>Authentication details</h2>
<section class="credential">
${copyField('Client ID', app.clientId)}
${copyField('Secret', app.clientSecret ?? '')}
</section>
<form method="post" action="/console/${app.clientId}/settings">
<div class="actions"><button>Rotate secret</button></div>
</form>`,
};

const copyField = (label: string, value: string): Html =>
  markup`<div class="field"><span>${label}</span>
<input class="value" readonly aria-label="${label}" value="${value}"><button type="button" data-copy aria-label="Copy: ${label}">Copy</button></div>`;
