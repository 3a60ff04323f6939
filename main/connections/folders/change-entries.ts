import type { FolderEntry } from '../../../contract/folder.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { ConnectionRecord } from '../../store/records.ts';
import { matchEntry } from './match-entry.ts';

/**
 * How a folder's file names a connection: by its name here, or `shared` by its provider and site, and by its account where
 * that must be the same for everybody or where this person could mean several. `ambiguous` when even that fits several.
 */
export function entryOf(
  connection: ConnectionRecord,
  all: readonly ConnectionRecord[],
  { shared, sameAccount }: { shared: boolean; sameAccount: boolean },
): Result<FolderEntry> {
  const { id, name, provider, site, account } = connection;
  if (!shared) return ok({ connection: name, id });
  const plain: FolderEntry = { provider, ...(site !== null && { site: siteText(site) }) };
  const withAccount: FolderEntry = { ...plain, account: account.email ?? account.name };
  const isMeant = (entry: FolderEntry): boolean => matchEntry('', entry, all).ok;
  if (!sameAccount && isMeant(plain)) return ok(plain);
  if (isMeant(withAccount)) return ok(withAccount);
  return fail(
    'ambiguous',
    `Another connection has the same provider, site and account as “${name}”.`,
    'Bind the folder by name, without --shared.',
  );
}

/** As people write it: a cloud site by its host, an instance by its address. */
const siteText = ({ cloudId, url, name }: NonNullable<ConnectionRecord['site']>): string => {
  if (!URL.canParse(url)) return name;
  const { protocol, host, pathname } = new URL(url);
  return cloudId !== null && protocol === 'https:' && pathname === '/' ? host : url;
};

/** Puts an entry first, instead of that of the same provider and of those that mean nothing here. */
export function withEntry(
  file: string,
  before: readonly FolderEntry[],
  { entry, provider }: { entry: FolderEntry; provider: string },
  all: readonly ConnectionRecord[],
): FolderEntry[] {
  const others = before.filter((each) => {
    const match = matchEntry(file, each, all);
    const of = match.ok ? match.value.provider : each.provider;
    return of !== undefined && of !== provider;
  });
  return [entry, ...others];
}
