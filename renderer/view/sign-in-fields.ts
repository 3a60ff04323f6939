import type { ConnectionView } from '../../contract/connection.ts';
import type { ProviderId } from '../../contract/ids.ts';
import type { SignInField } from '../../contract/sign-in.ts';

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

/** The local date, `days` after `now` (epoch ms), as a date field holds it. */
export function dateIn(days: number, now: number): string {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** What a person left out or mistyped, by field, before anything is sent. `now`: epoch ms. */
export function faultsOf(
  fields: readonly SignInField[],
  values: Readonly<Record<string, string>>,
  now: number,
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { name, label, kind, optional } of fields) {
    const value = values[name] ?? '';
    if (value.trim() === '') {
      if (!optional) faults.set(name, `${label} is missing.`);
    } else if (kind === 'date' && value < dateIn(0, now)) faults.set(name, 'This date is in the past.');
  }
  return faults;
}
