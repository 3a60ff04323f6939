import { fail, ok, type Result } from '../lib/result.ts';

/** MCP servers that connections reach through us, and the API of the connection that each of them needs one of. */
const KNOWN: Readonly<Record<string, { readonly apis: readonly string[]; readonly keyApi: string | null }>> =
  {
    rovo: { apis: ['mcp'], keyApi: 'mcp' },
    // Started and fed by us, so that the gateway for keys does not have it.
    'mcp-atlassian': { apis: ['jira', 'confluence'], keyApi: null },
  };

/** The server that an entry is for. */
export type Server =
  | {
      readonly kind: 'known';
      readonly id: string;
      /** A connection reaches it if it has one of these. */
      readonly apis: readonly string[];
      /** What the gateway calls it for consumers with a key; null where it does not have it. */
      readonly keyApi: string | null;
    }
  | { readonly kind: 'address'; readonly url: string; readonly host: string };

/** What a person names: a server that we know, or an address. */
export function serverNamed(given: string): Result<Server> {
  const known = Object.hasOwn(KNOWN, given) ? KNOWN[given] : undefined;
  if (known !== undefined) return ok({ kind: 'known', id: given, ...known });
  if (!/^https?:/i.test(given) || !URL.canParse(given)) {
    return fail(
      'invalid-input',
      'That is neither an MCP server that Tokentray knows nor an address.',
      `Known are ${Object.keys(KNOWN).join(' and ')}; an address starts with https://.`,
    );
  }
  const url = new URL(given);
  const fault = addressFault(url, given);
  return fault === null
    ? ok({ kind: 'address', url: url.href, host: url.hostname })
    : fail('invalid-input', fault[0], fault[1]);
}

function addressFault(url: URL, given: string): [message: string, hint: string] | null {
  const leaveOut = 'Leave it out; the client signs in by itself.';
  if (url.username !== '' || url.password !== '')
    return ['The address holds a user name or a password.', leaveOut];
  if (/[?#]/.test(given)) return ['An address with “?” or “#” may hold a secret.', leaveOut];
  if (url.protocol === 'http:' && !isLoopback(url))
    return [
      'The address is neither https:// nor on this machine.',
      'Use the https:// address of the server.',
    ];
  // Claude Code, Cursor and Windsurf replace these by environment variables.
  if (given.includes('$')) return ['The address holds a “$”.', 'Write it without variables.'];
  return null;
}

export const isLoopback = ({ hostname }: URL): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

/** Where our doors are: origins. */
export interface Doors {
  readonly mcp: string;
  readonly gateway: string;
}

/** The address of a known server; null: not for consumers with a key. */
export function serverUrl(
  server: Server & { kind: 'known' },
  connection: string,
  { key, doors }: { key: boolean; doors: Doors },
): string | null {
  const part = encodeURIComponent(connection);
  if (!key) return `${doors.mcp}/${part}/${server.id}`;
  return server.keyApi === null ? null : `${doors.gateway}/${part}/${server.keyApi}`;
}

/** What an address of ours means, whatever its port; null for other addresses. */
export function ourAddress(address: string): { connection: string; server: string; origin: string } | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const [, connection, last, more] = url.pathname.split('/');
  if (url.protocol !== 'http:' || !isLoopback(url) || !connection || !last || more !== undefined) return null;
  const server = Object.entries(KNOWN).find(([id, { keyApi }]) => id === last || keyApi === last)?.[0];
  try {
    return server === undefined
      ? null
      : { connection: decodeURIComponent(connection), server, origin: url.origin };
  } catch {
    return null;
  }
}
