import { cleanText } from '../lib/clean-text.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { foldName } from '../store/fold-name.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { GitQuestion } from './attributes.ts';
import type { Candidate } from './candidates.ts';

/** What decides between several connections that open the same host. */
export interface Preference {
  /** The one that the folder is bound to. */
  bound: ConnectionRecord['id'] | null;
  /** Whether unnamed commands use it. */
  isActive: (connection: ConnectionRecord) => boolean;
}

/**
 * Which of the connections at a host git gets. The user name in the repository's address decides before the folder,
 * the folder before a name that is that of the workspace, and that before the active one. Pure.
 */
export function pickConnection(
  candidates: readonly Candidate[],
  question: GitQuestion,
  { bound, isActive }: Preference,
): Result<Candidate | null> {
  const possible = candidates.filter((candidate) => !isSomebodyElse(candidate, question.username));
  const [first] = possible;
  if (first === undefined) return ok(null);
  let left = preferred(possible, ({ connection }) => namesItself(connection, question.username));
  const [workspace = null] = underAddress(first, question);
  const rules: ((candidate: Candidate) => boolean)[] = [
    ({ connection }) => connection.id === bound,
    ({ connection }) => workspace !== null && foldName(connection.name) === foldName(workspace),
    ({ connection }) => isActive(connection),
  ];
  for (const rule of rules) left = preferred(left, rule);
  const [only] = left;
  if (only === undefined || left.length === 1) return ok(only ?? null);
  return fail(
    'ambiguous',
    `Several connections open git at ${question.host}: ${left.map(({ connection }) => `“${cleanText(connection.name, 80)}”`).join(', ')}.`,
    'Choose one for this repository: tokentray git install <connection> --local',
  );
}

/** Those that the rule is for; all of them when it is for none. */
const preferred = (
  candidates: readonly Candidate[],
  rule: (candidate: Candidate) => boolean,
): readonly Candidate[] => {
  const fitting = candidates.filter(rule);
  return fitting.length > 0 ? fitting : candidates;
};

/** Git works with another user's name there, and the name in the repository's address is not it. */
const isSomebodyElse = ({ connection, address }: Candidate, username: string | null): boolean =>
  username !== null &&
  address.username === undefined &&
  connection.sent.as === 'basic' &&
  connection.sent.username !== username;

/** A person's addresses of repositories may have their name in them, which the connection may know or be called by. */
function namesItself({ name, account, sent }: ConnectionRecord, username: string | null): boolean {
  if (username === null) return false;
  const wanted = foldName(username);
  const own = [
    name,
    account.id,
    account.name,
    account.email,
    account.email?.split('@')[0],
    sent.as === 'basic' ? sent.username : null,
  ];
  return own.some((text) => text !== null && text !== undefined && foldName(text) === wanted);
}

/** The parts of the repository's path below the address of git; the first is the workspace or project. */
function underAddress({ address }: Candidate, { path }: GitQuestion): string[] {
  const base = new URL(address.url).pathname.replace(/^\/+|\/+$/g, '');
  return path === null ? [] : path.slice(base === '' ? 0 : base.length + 1).split('/');
}
