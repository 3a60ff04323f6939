/** What git asks its credential helper about (git-credential(1)). The secret is one that was refused or accepted. */
export interface GitQuestion {
  /** `https:`, as in an address. */
  protocol: string;
  /** As in an address: in lower case, with its port unless it is the usual one. */
  host: string;
  /** Without a slash at its beginning; null: git did not say which repository. */
  path: string | null;
  username: string | null;
  secret: string | null;
  /** It can send a token as Bearer (git 2.46 and newer). */
  bearer: boolean;
}

/** Reads the lines that git writes; null when they name no host at which a credential could be used. Pure. */
export function readQuestion(text: string): GitQuestion | null {
  const values = new Map<string, string>();
  let bearer = false;
  for (const line of text.split(/\r?\n/)) {
    // A blank line is the end.
    if (line === '') break;
    const equals = line.indexOf('=');
    if (equals < 1) continue;
    const [key, value] = [line.slice(0, equals), line.slice(equals + 1)];
    if (key === 'capability[]') bearer ||= value === 'authtype';
    else values.set(key, value);
  }
  const protocol = `${values.get('protocol') ?? ''}:`;
  const host = hostOf(protocol, values.get('host') ?? '');
  if (host === null) return null;
  return {
    protocol,
    host,
    path: values.get('path')?.replace(/^\/+/, '') ?? null,
    username: values.get('username') ?? null,
    secret: values.get('password') ?? values.get('credential') ?? null,
    bearer,
  };
}

function hostOf(protocol: string, host: string): string | null {
  if ((protocol !== 'https:' && protocol !== 'http:') || !/^[^\s/@?#\\]+$/.test(host)) return null;
  const address = `${protocol}//${host}`;
  return URL.canParse(address) ? new URL(address).host : null;
}

/** What git is answered. `expiresAt` is epoch ms. */
export type GitAnswer =
  | { kind: 'basic'; username: string; secret: string; expiresAt: number | null }
  | { kind: 'bearer'; secret: string; expiresAt: number | null }
  /** Git asks nobody else, the person included, and ends. */
  | { kind: 'quit' };

/** The lines for git. Throws when a value would begin another line. Pure. */
export function answerLines(answer: GitAnswer): string {
  if (answer.kind === 'quit') return 'quit=1\n';
  const { secret, expiresAt } = answer;
  const lines =
    answer.kind === 'basic'
      ? [`username=${answer.username}`, `password=${secret}`]
      : ['capability[]=authtype', 'authtype=Bearer', `credential=${secret}`, 'ephemeral=1'];
  // Git 2.40 and newer does not use it after that.
  if (expiresAt !== null) lines.push(`password_expiry_utc=${Math.floor(expiresAt / 1000)}`);
  if (lines.some((line) => /[\r\n\0]/.test(line))) throw new Error('a credential for git has a line break');
  return lines.map((line) => `${line}\n`).join('');
}
