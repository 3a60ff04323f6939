import type { CredentialLists } from './credential-lists.ts';
import type { Reply } from './exchange.ts';
import { COPY_SCRIPT, markup, page, type Html } from './page.ts';
import type { SandboxPerson } from './people.ts';
import type { SandboxState } from './sandbox-state.ts';

/** `GET /`: explains what this server is, and lists what it accepts. */
export function homePage({ url, people }: SandboxState, credentials: CredentialLists): Reply {
  const content = markup`<h1>Nothing here is real</h1>
<p>This page belongs to Tokentray’s sandbox: a small stand-in for Atlassian’s sign-in and APIs, and for other services,
on this machine. It lets you try Tokentray, and lets its tests run, without an account. Nothing is sent anywhere.</p>
<p>To sign in here, choose <b>Connect account</b> in Tokentray, or run <code>tokentray connect --sandbox atlassian</code>.</p>
<h2>Register an app</h2>
<p>The <a href="/console">console</a> stands in for Atlassian’s: an app that you register there is set up in Tokentray like a real one.</p>
<h2>Who you can sign in as</h2>
<dl>${people.map(personEntry)}</dl>
<h2>Tokens and passwords to connect with</h2>
<p class="dim">They open this sandbox and nothing else.</p>
${credentialSections(credentials)}
<h2>Revoke all sign-ins</h2>
<p class="dim">This has the same effect as everyone removing the app at Atlassian:</p>
<p><code>curl -X POST -H "X-Sandbox-Control: 1" ${url}/__sandbox/revoke-all</code></p>`;
  return page(200, 'Sandbox', content, { script: COPY_SCRIPT });
}

function personEntry({ name, email, sites }: SandboxPerson): Html {
  const names = sites.length === 0 ? 'no site' : sites.map(({ key }) => key).join(', ');
  return markup`<dt>${email}</dt><dd><bdi>${name}</bdi> · ${names}</dd>`;
}

/** The headings, in the order of the page. */
const TITLES: Record<keyof CredentialLists, string> = {
  apiTokens: 'API tokens of Atlassian Cloud',
  serviceAccounts: 'Service accounts: OAuth clients',
  serviceAccountTokens: 'Service accounts: API tokens',
  accessTokens: 'Access tokens from another program',
  dataCenter: 'Data Center',
  bitbucket: 'API tokens of Bitbucket Cloud',
  bitbucketAccessTokens: 'Access tokens of Bitbucket Cloud',
  statuspage: 'Statuspage',
  opsgenie: 'Opsgenie',
  oauthClients: 'OAuth clients of the other services',
};

/** The names of the fields that people copy; the others of an entry are its title. */
const LABELS: Readonly<Record<string, string>> = {
  email: 'E-mail',
  token: 'Token',
  site: 'Site',
  cloudId: 'Cloud ID',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  url: 'Address',
  personalAccessToken: 'Personal access token',
  username: 'User name',
  password: 'Password',
  workspace: 'Workspace',
  apiKey: 'API key',
};

/** What one must know to choose among the entries. */
const NOTES: Partial<Record<keyof CredentialLists, string>> = {
  apiTokens:
    'A scoped token is for one product: the first of an account is for Jira, the second for Confluence.',
};

function credentialSections(lists: CredentialLists): Html[] {
  return Object.entries(TITLES).map(([key, title]) => {
    const name = key as keyof CredentialLists;
    const entries: readonly object[] = lists[name];
    const note = NOTES[name];
    return markup`<details><summary>${title} (${String(entries.length)})</summary>
${note === undefined ? '' : markup`<p class="dim note">${note}</p>`}${entries.map(entrySection)}</details>`;
  });
}

function entrySection(entry: object): Html {
  const fields = Object.entries(entry as Readonly<Record<string, unknown>>);
  const about = fields
    .filter(([name]) => !(name in LABELS))
    .map(([, value]) => (typeof value === 'boolean' ? (value ? 'Scoped' : 'Classic') : String(value)));
  return markup`<section class="credential">${about.length === 0 ? '' : markup`<p class="dim">${about.join(' · ')}</p>`}
${fields.map(([name, value]) => copyField(LABELS[name], value))}</section>`;
}

const copyField = (label: string | undefined, value: unknown): Html =>
  label === undefined || typeof value !== 'string' || value === ''
    ? markup``
    : markup`<div class="field"><span>${label}</span>
<input class="value" readonly aria-label="${label}" value="${value}"><button type="button" data-copy aria-label="Copy: ${label}">Copy</button></div>`;
