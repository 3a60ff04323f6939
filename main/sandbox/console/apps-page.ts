import type { AppRegistration } from '../app-registration.ts';
import type { Reply } from '../exchange.ts';
import { markup, page } from '../page.ts';

/** The apps of the console, and a form that creates one. `problem`: what was wrong with it. */
export function appsPage(apps: readonly AppRegistration[], problem: string | null): Reply {
  const content = markup`<h1>My apps</h1>
<p class="dim">A stand-in for Atlassian’s developer console. What you register here opens this sandbox and nothing else.</p>
${problem === null ? '' : markup`<p class="problem" role="alert">${problem}</p>`}
${
  apps.length === 0
    ? markup`<p>There is no app yet.</p>`
    : markup`<ul class="apps">${apps.map(({ name, clientId }) => markup`<li><a href="/console/${clientId}/permissions">${name}</a></li>`)}</ul>`
}
<h2>Create › OAuth 2.0 integration</h2>
<form method="post" action="/console">
<label class="line"><span>Name</span><input class="text" name="name" required maxlength="100" autocomplete="off"></label>
<div class="actions"><button class="primary">Create</button></div>
</form>`;
  return page(problem === null ? 200 : 400, 'My apps', content);
}
