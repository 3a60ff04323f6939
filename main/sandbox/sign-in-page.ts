import type { AuthorizeRequest } from './authorize-request.ts';
import { findPerson, siteValue } from './consent-form.ts';
import type { Reply } from './exchange.ts';
import { markup, page, type Html } from './page.ts';
import type { SandboxPerson } from './people.ts';

export interface SignInPage {
  request: AuthorizeRequest;
  /** Whose access is granted, if not Atlassian's. */
  server: string | null;
  /** Whether the person picks sites. */
  sites: boolean;
  people: readonly SandboxPerson[];
  /** Descriptions of the scopes, where known. */
  descriptions: ReadonlyMap<string, string>;
  /** What was wrong with the last posted form. */
  problem: string | null;
}

/** The sign-in page: account, sites and decision in one form. */
export function signInPage(parts: SignInPage): Reply {
  const { request, server, sites, people, descriptions, problem } = parts;
  const picked = findPerson(people, request.loginHint) ?? people[0];
  const content = markup`<h1>${request.app.name} asks for access${server === null ? '' : ` to ${server}`}</h1>
<p class="dim">Choose an account. The people here and their data are made up.</p>
${problem === null ? '' : markup`<p class="problem" role="alert">${problem}</p>`}
<form method="post">
${accountChoice(people, picked, sites)}
<details><summary>Requested permissions (${String(request.scopes.length)})</summary>
<dl>${request.scopes.map((scope) => scopeEntry(scope, descriptions.get(scope)))}</dl>
</details>
<div class="actions"><button class="primary" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></div>
</form>`;
  return page(problem === null ? 200 : 400, 'Sign in', content, {
    formTarget: formTarget(request.redirectUri),
  });
}

const scopeEntry = (scope: string, description = 'No description.'): Html =>
  markup`<dt>${scope}</dt><dd>${description}</dd>`;

export const accountChoice = (
  people: readonly SandboxPerson[],
  picked: SandboxPerson | undefined,
  withSites: boolean,
): Html =>
  markup`<fieldset><legend>Account</legend>
${people.map((person) => personChoice(person, person === picked, withSites))}
</fieldset>`;

function personChoice(person: SandboxPerson, checked: boolean, withSites: boolean): Html {
  const { key, name, email, sites } = person;
  const none = withSites && sites.length === 0 ? ' · no site' : '';
  return markup`<div class="person">
<label><input type="radio" name="account" value="${key}" required${attribute('checked', checked)}>
<img src="${avatarPath(key)}" alt="">
<span><bdi class="name">${name}</bdi><span class="mail">${email}${none}</span></span></label>
${withSites && sites.length > 0 ? siteChoice(person) : ''}
</div>`;
}

const siteChoice = (person: SandboxPerson): Html =>
  markup`<fieldset class="sites"><legend>Sites</legend>
${person.sites.map(
  ({ key, name }, index) =>
    markup`<label><input type="checkbox" name="site" value="${siteValue(person, key)}"${attribute('checked', index === 0)}><bdi>${name}</bdi></label>`,
)}
<p class="dim">If none is selected: all sites, including future ones.</p>
</fieldset>`;

const attribute = (name: string, present: boolean): Html => ({ html: present ? ` ${name}` : '' });

/** Source lists have no notation for IPv6 addresses (CSP Level 3 §2.3.1): for them the whole scheme is allowed. */
function formTarget(redirectUri: string): string {
  const { origin, hostname } = new URL(redirectUri);
  return hostname.startsWith('[') ? 'http:' : origin;
}

const COLOURS = ['#1f5fbf', '#1f7a4d', '#8a4b9e', '#9a5b00', '#a63a26'];

/** Where the picture of a person or site is, by key. */
export const avatarPath = (key: string): string => `/avatar/${key}`;

/** A picture of a person or site: the first letter of the name on a colour. */
export function avatar(name: string): Reply {
  const [first] = new Intl.Segmenter().segment(name);
  const colour = COLOURS[name.length % COLOURS.length] ?? '';
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" fill="${colour}"/><text x="18" y="24" font-family="system-ui,sans-serif" font-size="17" font-weight="600" fill="#fff" text-anchor="middle">${first?.segment.toUpperCase() ?? '?'}</text></svg>`;
  return {
    status: 200,
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': "default-src 'none'",
    },
    body: svg.html,
  };
}
