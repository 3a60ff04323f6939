import type { Site } from '../../../contract/connection.ts';
import type { FolderEntry } from '../../../contract/folder.ts';
import { shellWord } from '../../../contract/shell-word.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { findSite } from '../../signin/site-choice.ts';
import { foldName } from '../../store/fold-name.ts';
import type { ConnectionRecord } from '../../store/records.ts';

/**
 * The connection that an entry of a folder's file means. `not-found` or `ambiguous` name the file, what it says, and what
 * to do: which is never to take another connection.
 */
export function matchEntry(
  file: string,
  entry: FolderEntry,
  all: readonly ConnectionRecord[],
): Result<ConnectionRecord> {
  const says = `${file} binds this folder to ${entryWords(entry)}`;
  if (entry.connection !== undefined) {
    const wanted = foldName(entry.connection.trim());
    const found = all.find(({ id }) => id === entry.id) ?? all.find(({ name }) => foldName(name) === wanted);
    if (found) return ok(found);
    return fail('not-found', `${says}, but there is no such connection.`, rebind(all));
  }
  const fitting = all.filter((record) => fits(record, entry));
  const [only] = fitting;
  if (only && fitting.length === 1) return ok(only);
  if (only) {
    const names = fitting.slice(0, 5).map(({ name }) => `“${name}”`);
    return fail(
      'ambiguous',
      `${says}, and several connections fit: ${names.join(', ')}${fitting.length > 5 ? ' and more' : ''}.`,
      `Name one, or bind the folder to one: \`tokentray use ${wordOf(only.name)} --here\`.`,
    );
  }
  const elsewhere = all.find(
    (record) => fits(record, { ...entry, site: undefined }) && covers(record, entry),
  );
  return fail(
    'not-found',
    `${says}, but no connection fits.`,
    elsewhere
      ? `“${elsewhere.name}” covers that site: \`tokentray use ${wordOf(elsewhere.name)} --site ${wordOf(entry.site ?? '')}\`.`
      : `Connect it: \`${connectCommand(entry)}\`.`,
  );
}

const fits = ({ provider, site, account }: ConnectionRecord, entry: Partial<FolderEntry>): boolean =>
  (entry.provider === undefined || provider === entry.provider.trim()) &&
  (entry.site === undefined || (site !== null && isSite(site, entry.site))) &&
  (entry.account === undefined || isAccount(account, entry.account));

/** An address with a path means this very instance: others may be at the same host. */
function isSite(site: Site, asked: string): boolean {
  const path = URL.canParse(asked) ? new URL(asked).pathname : '/';
  return path === '/' ? findSite([site], asked).ok : bareAddress(site.url) === bareAddress(asked);
}

const bareAddress = (text: string): string =>
  URL.canParse(text) ? new URL(text).href.replace(/\/+$/, '') : text;

/** Whether its sign-in would also open the site that is asked for. */
const covers = ({ sites }: ConnectionRecord, { site }: FolderEntry): boolean =>
  site !== undefined && findSite(sites, site).ok;

function isAccount({ id, name, email }: ConnectionRecord['account'], asked: string): boolean {
  const wanted = foldName(asked.trim());
  return [id, name, email ?? ''].some((known) => known !== '' && foldName(known) === wanted);
}

/** What an entry says, for people. */
export function entryWords({ connection, provider, site, account }: FolderEntry): string {
  if (connection !== undefined) return `“${cleanText(connection, 80)}”`;
  const parts = [
    ...(account === undefined ? [] : [`the account ${cleanText(account, 80)}`]),
    ...(site === undefined ? [] : [`the site ${cleanText(site, 80)}`]),
    ...(provider === undefined ? [] : [`the provider ${cleanText(provider, 80)}`]),
  ];
  return parts.join(', ');
}

function rebind(all: readonly ConnectionRecord[]): string {
  const [first] = all;
  if (!first) return 'Connect an account: `tokentray connect atlassian`.';
  return `Bind the folder to another one, such as \`tokentray use ${wordOf(first.name)} --here\`, or name the connection.`;
}

function connectCommand({ provider = 'atlassian', site, account }: FolderEntry): string {
  const options = [
    ...(site === undefined ? [] : [/^https?:/i.test(site) ? '--url' : '--site', wordOf(site)]),
    ...(account?.includes('@') ? ['--email', wordOf(account)] : []),
  ];
  return ['tokentray connect', wordOf(provider), ...options].join(' ');
}

/** The file may come from anybody: what is copied from a hint must do no more than it says. */
const wordOf = (text: string): string => shellWord(cleanText(text, 200));
