/** Where an authorization code may be sent, apart from loopback addresses. Exact, but for what the pattern leaves open. */
interface AllowedRedirect {
  readonly client: string;
  readonly pattern: RegExp;
  /** Where the client's own documents or code say so. */
  readonly source: string;
}

const ALLOWED: readonly AllowedRedirect[] = [
  {
    client: 'Cursor',
    pattern: /^cursor:\/\/anysphere\.cursor-mcp\/oauth\/callback$/,
    source: 'what Cursor registers; cursor.com/docs MCP',
  },
  {
    client: 'Cursor (web)',
    pattern: /^https:\/\/www\.cursor\.com\/agents\/[\w/-]{1,100}$/,
    source: 'what Cursor registers; cursor.com/docs MCP',
  },
  {
    client: 'VS Code',
    pattern: /^https:\/\/(?:insiders\.)?vscode\.dev\/redirect$/,
    source: 'microsoft/vscode oauth.ts; code.visualstudio.com MCP developer guide',
  },
  {
    client: 'Claude',
    pattern: /^https:\/\/claude\.(?:ai|com)\/api\/mcp\/auth_callback$/,
    source: 'support.claude.com, building custom connectors',
  },
  {
    client: 'ChatGPT',
    pattern: /^https:\/\/chatgpt\.com\/connector(?:_platform_oauth_redirect|\/oauth\/[\w-]{1,100})$/,
    source: 'developers.openai.com, apps authentication',
  },
  {
    client: 'Windsurf',
    pattern: /^windsurf:\/\/codeium\.windsurf\/oauth\/callback$/,
    source: 'what Windsurf registers',
  },
];

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An address of this machine: nothing proves which program listens there. */
export function isLoopback(redirect: string): boolean {
  if (!URL.canParse(redirect)) return false;
  const { protocol, hostname } = new URL(redirect);
  return protocol === 'http:' && LOOPBACK.has(hostname);
}

/** No fragment (RFC 6749 §3.1.2), nobody's name and password, nothing that reads differently once it is parsed. */
function isClean(redirect: string): boolean {
  if (redirect.length > 2000 || !/^[\x21-\x7e]+$/.test(redirect) || !URL.canParse(redirect)) return false;
  const { username, password } = new URL(redirect);
  return username === '' && password === '' && !/[#\\]/.test(redirect);
}

/**
 * Whether a client may have codes sent there. `documentHost`: of a client that is known by a document on the web, which
 * proves that host too.
 */
export function isAllowedRedirect(redirect: string, documentHost: string | null = null): boolean {
  if (!isClean(redirect)) return false;
  if (isLoopback(redirect)) return true;
  const { protocol, host } = new URL(redirect);
  if (documentHost !== null && protocol === 'https:' && host === documentHost) return true;
  return ALLOWED.some(({ pattern }) => pattern.test(redirect));
}

/** Whether a request's address is one of the client's: to the letter, but for the port of a loopback one (RFC 8252 §7.3). */
export const isRegisteredRedirect = (redirect: string, registered: readonly string[]): boolean =>
  isClean(redirect) &&
  registered.some(
    (known) =>
      known === redirect ||
      (isLoopback(known) && isLoopback(redirect) && withoutPort(known) === withoutPort(redirect)),
  );

const withoutPort = (redirect: string): string =>
  redirect.replace(/^(http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]))(?::\d{1,5})?/i, '$1');

/** Where the code goes, for people: a host, or the scheme of an app. */
export function redirectHost(redirect: string): string {
  const { protocol, host } = new URL(redirect);
  return protocol === 'http:' || protocol === 'https:' ? host : `${protocol}//${host}`;
}

/** The redirect with parameters added to those it has. */
export function withParameters(
  redirect: string,
  parameters: Readonly<Record<string, string | null>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) query.set(name, value);
  return `${redirect}${redirect.includes('?') ? '&' : '?'}${query.toString()}`;
}
