import { fail, ok, type Result } from '../lib/result.ts';
import { isSafeEndpoint } from '../providers/address.ts';

/**
 * The address of a site as a person may type it: `acme`, `acme.atlassian.net/wiki/`, a link to an issue or page.
 * `template` is the address of a site with `{name}` in it. Another host is taken as it is: sites may have domains of their own.
 */
export function siteAddress(text: string, template: string): Result<string> {
  const name = siteNameIn(text);
  if (name !== null) return ok(template.replace('{name}', name));
  const address = baseAddress(text);
  if (address === null) return notAnAddress(text, template.replace('{name}', 'acme'));
  const depth = pathOf(template).length;
  const url = new URL(address);
  return ok([url.origin, ...pathOf(url.href).slice(0, depth)].join('/'));
}

/**
 * What a person typed for an address without what tends to come with it: white space and quotes around, a scheme that is
 * cut, damaged or there twice.
 */
export function typedAddress(text: string): string {
  const bare = text.replace(/^[\s"'`‘’“”<]+|[\s"'`‘’“”>,;]+$/g, '');
  const schemes = /^(?:https?(?::\/*|\/\/+)(?=[^/\d]|\d[\w-]*[.:]))+/i.exec(bare)?.[0];
  if (schemes === undefined) return bare;
  const last = /(https?)[:/]*$/i.exec(schemes)?.[1] ?? 'https';
  return `${last.toLowerCase()}://${bare.slice(schemes.length)}`;
}

/** The name in `acme`, `acme/wiki` or `https://acme/`; null where the first part is a host. */
export function siteNameIn(text: string): string | null {
  const [, name] = /^(?:https?:\/\/)?([a-z0-9][a-z0-9-]*)(?:[/?#]\S*)?$/i.exec(typedAddress(text)) ?? [];
  return name === undefined || name.toLowerCase() === 'localhost' ? null : name.toLowerCase();
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
  const address = baseAddress(text);
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

/** As the parser gives it: in lower case, other scripts in Punycode, IPv6 in brackets. */
const HOST =
  /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?)$/;

/** An address without query, user and fragment; null for what is none, or would leave the machine in the clear. */
function baseAddress(typed: string): string | null {
  const text = typedAddress(typed);
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full) || /\s/.test(text)) return null;
  const url = new URL(full);
  url.search = '';
  url.hash = '';
  return isSafeEndpoint(url.href) && HOST.test(url.hostname) ? url.href : null;
}

const pathOf = (address: string): string[] =>
  new URL(address).pathname.split('/').filter((part) => part !== '');

const notAnAddress = (text: string, example: string): Result<never> =>
  fail(
    'invalid-input',
    /^http:/i.test(typedAddress(text))
      ? 'This address is not encrypted (http:), so a credential would be sent in the clear.'
      : 'This is not the address of a site.',
    `Copy it from the browser, such as ${example}.`,
  );
