import type { ConnectionView } from './connection.ts';
import type { ProviderId } from './ids.ts';
import type { SignInField } from './sign-in.ts';

type Known = Pick<ConnectionView, 'provider' | 'account' | 'site' | 'username' | 'active'>;

/** What other connections of the provider suggest for a field, the active one’s first; nothing for a secret. */
export function suggestions(
  { name, kind }: Pick<SignInField, 'name' | 'kind'>,
  provider: ProviderId,
  connections: Iterable<Known>,
): string[] {
  const valueOf = ({ account, site, username }: Known): string | null => {
    if (kind === 'email') return account.email ?? username;
    if (name === 'username') return username;
    return name === 'site' || name === 'url' ? (site?.url ?? null) : null;
  };
  const found = [...connections]
    .filter((connection) => connection.provider === provider)
    .sort((a, b) => Number(b.active) - Number(a.active))
    .map(valueOf)
    .filter((value): value is string => value !== null && value !== '');
  return [...new Set(found)];
}
