import { getJson } from '../atlassian/get-json.ts';
import { valueAt } from '../atlassian/text-at.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { SecretMethod } from '../providers/secret-method.ts';

type ExpiryFrom = NonNullable<SecretMethod['expiryFrom']>;

/** When a token ends, epoch ms, as the provider says it; null when it does not tell, or not of which token. */
export async function readExpiry(
  fetch: Fetch,
  apiUrl: string,
  header: CredentialHeader,
  from: ExpiryFrom,
  now: number,
): Promise<number | null> {
  const answer = await getJson(fetch, { url: apiUrl + from.path, header });
  return answer.kind === 'json' ? commonEnd(answer.value, from, now) : null;
}

/**
 * When a token ends: it is the one that the answer describes, or one of a list that does not say which. In a list,
 * the earliest time counts if all tokens that still work end within one day (UTC), and none if they do not.
 */
export function commonEnd(value: unknown, { ends }: Pick<ExpiryFrom, 'ends'>, now: number): number | null {
  const own = !Array.isArray(value);
  const times = (own ? [value] : (value as unknown[]))
    .map((entry) => epochMs(valueAt(entry, ends)))
    .filter((time) => time === null || time > now);
  const known = times.filter((time) => time !== null);
  if (known.length === 0 || known.length < times.length) return null;
  const days = new Set(known.map((time) => Math.floor(time / 86_400_000)));
  return days.size === 1 ? Math.min(...known) : null;
}

function epochMs(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? value : null;
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return null;
  // Java writes the offset without its colon.
  const time = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) ? null : time;
}
