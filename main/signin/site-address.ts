import { fail, ok, type Result } from '../lib/result.ts';
import { isSafeEndpoint } from '../providers/address.ts';

/**
 * The address of a site as a person may type it: `acme`, `acme.atlassian.net/wiki/`, a link to an issue or page.
 * `template` is the address of a site with `{name}` in it. Another host is taken as it is: sites may have domains of their own.
 */
export function siteAddress(text: string, template: string): Result<string> {
  const wanted = text.trim();
  if (/^[a-z0-9][a-z0-9-]*$/i.test(wanted)) return ok(template.replace('{name}', wanted.toLowerCase()));
  const address = baseAddress(wanted);
  if (address === null) return notAnAddress(text, template.replace('{name}', 'acme'));
  const depth = pathOf(template).length;
  const url = new URL(address);
  return ok([url.origin, ...pathOf(url.href).slice(0, depth)].join('/'));
}

/** What people call a site: the part of its address that `template` has as `{name}`, else its host. */
export function siteName(address: string, template: string): string {
  const [before = '', after = ''] = template.split('{name}');
  const inside = address.startsWith(before) && address.endsWith(after);
  const name = inside ? address.slice(before.length, address.length - after.length) : '';
  return /^[a-z0-9-]+$/i.test(name) ? name : new URL(address).host;
}

/**
 * The base address of a self-hosted instance as a person may type it. A context path stays; what is known to belong
 * to a page of Jira, Confluence, Bitbucket or Bamboo goes.
 */
export function instanceAddress(text: string, example: string): Result<string> {
  const address = baseAddress(text.trim());
  if (address === null) return notAnAddress(text, example);
  const url = new URL(address);
  const path = pathOf(url.href);
  const end = path.findIndex((part) => PAGES.has(part) || part.endsWith('.action') || part.endsWith('.jspa'));
  return ok([url.origin, ...(end === -1 ? path : path.slice(0, end))].join('/'));
}

/** First parts of the paths of pages and APIs, below a context path. */
const PAGES = new Set([
  'browse',
  'projects',
  'secure',
  'rest',
  'plugins',
  'issues',
  'display',
  'spaces',
  'pages',
  'dashboard',
  'users',
  'repos',
  'login',
  'servicedesk',
  'login.jsp',
]);

/** An address without query, user and fragment; null for what is none, or would leave the machine in the clear. */
function baseAddress(text: string): string | null {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full) || /\s/.test(text)) return null;
  const url = new URL(full);
  url.search = '';
  url.hash = '';
  return isSafeEndpoint(url.href) && url.hostname !== '' ? url.href : null;
}

const pathOf = (address: string): string[] =>
  new URL(address).pathname.split('/').filter((part) => part !== '');

const notAnAddress = (text: string, example: string): Result<never> =>
  fail(
    'invalid-input',
    /^http:/i.test(text.trim())
      ? 'This address is not encrypted (http:), so a credential would be sent in the clear.'
      : 'This is not the address of a site.',
    `Copy it from the browser, such as ${example}.`,
  );
