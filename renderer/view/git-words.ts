import type { ConnectionView } from '../../contract/connection.ts';
import type { GitInstallView } from '../../contract/git.ts';

/** Where git works with a connection; null: nowhere. */
export const gitAddress = ({ apis }: Pick<ConnectionView, 'apis'>): string | null =>
  apis.find(({ id }) => id === 'git')?.url ?? null;

interface GitUse {
  url: string;
  /** Those for this address. */
  installs: readonly Pick<GitInstallView, 'scope' | 'connection'>[];
  connection: Pick<ConnectionView, 'id' | 'name'>;
  /** Other connections open it too. */
  several: boolean;
}

/** What git does at an address, in every repository without settings of its own. */
export function gitSentence({ url, installs, connection, several }: GitUse): string {
  const { host } = new URL(url);
  const usual = installs.find(({ scope }) => scope === 'global');
  if (usual === undefined)
    return installs.length === 0
      ? `Clone, fetch and push at ${host} with this connection, without a password. Git then asks Tokentray for a fresh token.`
      : `Git asks Tokentray for ${host} in the repositories below.`;
  const asks = `Git asks Tokentray for ${host}`;
  const { connection: only } = usual;
  if (only !== null)
    return only.id === connection.id
      ? `${asks}, and gets “${connection.name}”.`
      : `${asks}, and gets “${only.name ?? 'a connection that is gone'}”, not this connection.`;
  return several
    ? `${asks}, and gets the connection that fits the repository, else the active one.`
    : `${asks}, and gets this connection.`;
}
