import type { Reply } from './exchange.ts';
import { markup, page, type Html } from './page.ts';
import type { SandboxPerson } from './people.ts';
import type { SandboxState } from './sandbox-state.ts';

/** `GET /`: explains what this server is. */
export function homePage({ url, people }: SandboxState): Reply {
  const content = markup`<h1>Nothing here is real</h1>
<p>This page belongs to Tokentray’s sandbox: a small stand-in for Atlassian’s sign-in and APIs on this machine.
It lets you try Tokentray, and lets its tests run, without an account. Nothing is sent anywhere.</p>
<p>To sign in here, choose <b>Connect account</b> in Tokentray, or run <code>tokentray connect --sandbox atlassian</code>.</p>
<h2>Who you can sign in as</h2>
<dl>${people.map(personEntry)}</dl>
<h2>Revoke all sign-ins</h2>
<p class="dim">This has the same effect as everyone removing the app at Atlassian:</p>
<p><code>curl -X POST -H "X-Sandbox-Control: 1" ${url}/__sandbox/revoke-all</code></p>`;
  return page(200, 'Sandbox', content);
}

function personEntry({ name, email, sites }: SandboxPerson): Html {
  const names = sites.length === 0 ? 'no site' : sites.map(({ key }) => key).join(', ');
  return markup`<dt>${email}</dt><dd><bdi>${name}</bdi> · ${names}</dd>`;
}
