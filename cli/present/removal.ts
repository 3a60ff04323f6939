import type { CallOutput } from '../../contract/calls.ts';
import type { ConnectionView } from '../../contract/connection.ts';
import type { GitInstallView } from '../../contract/git.ts';
import { METHOD_NOUNS } from '../../contract/method-words.ts';
import { byKind, DEPENDENT_WORDS, type Dependent } from '../../contract/dependents.ts';
import { indented } from './fit.ts';
import { plain } from './plain.ts';

/** So many of a kind are named. */
const MOST_NAMED = 8;

/** What a removal breaks, in lines of `room` cells; null: as long as they are. Pure. */
export const useLines = (uses: readonly Dependent[], room: number | null): string[] =>
  byKind(uses).flatMap(({ kind, names }) => [
    ...indented(`${DEPENDENT_WORDS[kind].title}:`, room ?? Infinity, 0),
    ...[
      ...names.slice(0, MOST_NAMED).map(plain),
      ...(names.length > MOST_NAMED ? [`and ${names.length - MOST_NAMED} more`] : []),
    ].flatMap((name) => indented(name, room ?? Infinity, 2)),
  ]);

/** The same within a sentence: `/work/.env (env file), bot (gateway key) and 3 more`. Pure. */
export function useWords(uses: readonly Dependent[]): string {
  const all = byKind(uses).flatMap(({ kind, names }) =>
    names.map((name) => `${name} (${DEPENDENT_WORDS[kind].one})`),
  );
  const named = all.slice(0, 3).join(', ');
  return all.length > 3 ? `${named} and ${all.length - 3} more` : named;
}

type Revocable = Pick<ConnectionView, 'method' | 'grant' | 'providerName'>;

/** Whether revoking helps, before it is removed; `shared` are the others that it would end. Null: there is nothing to say. Pure. */
export function revokeWords(
  { method, grant, providerName }: Revocable,
  revoke: boolean,
  shared: readonly string[],
): string | null {
  if (grant === 'authorization-code' || grant === 'device-code') {
    if (!revoke)
      return `The sign-in itself stays valid at ${providerName}. To ask for its end too, add --revoke.`;
    const others =
      shared.length === 0 ? '' : ` These share the sign-in, and may end with it: ${shared.join(', ')}.`;
    return `${providerName} is asked to end the sign-in, which it may not do.${others}`;
  }
  if (method === 'basic') return null;
  const what = method === 'oauth2' ? 'OAuth client of the service account' : METHOD_NOUNS[method];
  return `The ${what} stays valid at ${providerName} until it is deleted there${revoke ? '; --revoke does nothing for it' : ''}.`;
}

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
