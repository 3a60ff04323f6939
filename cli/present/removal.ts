import type { CallOutput } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { GitInstallView } from '../../contract/git.ts';
import { METHOD_NOUNS } from '../../contract/method-words.ts';
import { plain } from './plain.ts';

type Removed = Pick<CallOutput<'connections.remove'>, 'revocation' | 'manageUrl'>;
/** What was removed; undefined for a damaged record, of which nothing is known. */
type Former = Pick<ConnectionView, 'method' | 'grant'> | undefined;

const GRANT: Readonly<Record<Removed['revocation'], string | null>> = {
  'not-asked': null,
  accepted:
    'The provider accepted the request to revoke the grant. Make sure in your account there that it is gone.',
  failed: 'The provider did not confirm that the grant was revoked.',
  unsupported: 'This provider does not let apps revoke a grant, so you have to do it yourself.',
};

/** What the removal means at the provider: only who signed in there left a grant. Pure. */
export function removalLines({ revocation, manageUrl }: Removed, former: Former): string[] {
  const url = manageUrl === null ? null : plain(manageUrl);
  if (former === undefined || former.grant === 'authorization-code' || former.grant === 'device-code') {
    const sentence = GRANT[revocation];
    return [
      ...(sentence === null ? [] : [sentence]),
      ...(url === null ? [] : [`${revocation === 'accepted' ? 'See' : 'Revoke the grant'}: ${url}`]),
    ];
  }
  if (former.method === 'oauth2')
    return [
      'The OAuth client of the service account is still valid. Its secret is deleted where it was created.',
    ];
  // A password stays what it is.
  if (former.method === 'basic') return [];
  return [
    `Tokentray cannot delete the ${METHOD_NOUNS[former.method]} at the provider. If it is still valid, delete it there${url === null ? '.' : `: ${url}`}`,
  ];
}

/** Where git still asks for what was removed, and how that ends. Pure. */
export const gitLines = (installs: readonly Pick<GitInstallView, 'scope' | 'url' | 'file'>[]): string[] =>
  installs.map(({ scope, url, file }) => {
    const command = `tokentray git uninstall ${plain(url)}`;
    return scope === 'local'
      ? `Git still asks for it in a repository, by ${plain(file)}. To end that, there: ${command} --local`
      : `Git still asks for it, by ${plain(file)}. To end that: ${command}`;
  });
