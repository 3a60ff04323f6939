import type { Answer } from '../lib/bounded-fetch.ts';
import { cleanText } from '../lib/clean-text.ts';
import { fieldOf, jsonIn } from '../lib/json.ts';
import { retryAfterMs } from '../lib/retry-after.ts';
import { isSafeEndpoint } from '../providers/address.ts';

/** Why a request with a credential gave nothing. Texts are for people; none quotes an answer at length. */
export type Refusal =
  /** The credential is good but may not do this. `required` and `granted` where the service says so. */
  | { kind: 'scope-missing'; required: string[]; granted: string[] | null }
  /**
   * The credential is over, or was never good. `page`: said with a web page, as a site does to tokens that work only at
   * the gateway. `disguised`: said as if the account had no access, or as if nothing were there.
   */
  | { kind: 'unauthorized'; form: 'plain' | 'page' | 'disguised' }
  /** Token and user name belong to different accounts. */
  | { kind: 'mismatch' }
  /** The account may not, whatever the credential. */
  | { kind: 'forbidden' }
  /** Data Center wants a person to solve a CAPTCHA in the browser first. */
  | { kind: 'captcha'; loginUrl: string | null }
  /** The call was removed for such credentials. */
  | { kind: 'removed' }
  /** Asked too often. `waitMs` is null where it does not say how long to wait. */
  | { kind: 'busy'; waitMs: number | null }
  | { kind: 'unreachable'; reason: string; cure: string }
  /** An error of the server or of the request, a web page, cut JSON. */
  | { kind: 'unusable'; reason: string; status: number };

/** An answer that was not what was wanted. */
export interface RefusedAnswer {
  url: string;
  status: number;
  headers: Answer['headers'];
  text: string;
}

const SAYS_SCOPE = /scope does not match|lack one or more required privilege scopes/i;
const SAYS_NOBODY = /caller cannot access Confluence|not permitted to use Confluence/i;

/** What an answer with an error status means; every reader of refusals has it from here. */
export function refusalOf({ url, status, headers, text }: RefusedAnswer): Refusal {
  const denied = headers.get('x-authentication-denied-reason') ?? '';
  if (denied.startsWith('CAPTCHA_CHALLENGE')) return { kind: 'captcha', loginUrl: loginUrl(denied) };
  if (headers.get('x-seraph-loginreason')?.includes('AUTHENTICATION_DENIED') === true)
    return { kind: 'captcha', loginUrl: null };
  if (status === 429 || (status === 503 && headers.get('retry-after') !== null))
    return { kind: 'busy', waitMs: retryAfterMs(headers, Date.parse(headers.get('date') ?? '')) };
  if (status === 410) return { kind: 'removed' };
  if (status === 400 || status === 401 || status === 403) {
    const category = headers.get('x-failure-category');
    const challenge = headers.get('www-authenticate') ?? '';
    if (
      category === 'FAILURE_CLIENT_SCOPE_CHECK' ||
      SAYS_SCOPE.test(text) ||
      challenge.includes('insufficient_scope')
    )
      return { kind: 'scope-missing', ...namedScopes(headers, text, challenge) };
    if (category === 'FAILURE_CLIENT_AUTH_MISMATCH') return { kind: 'mismatch' };
  }
  if (status === 401) return { kind: 'unauthorized', form: isPage(text) ? 'page' : 'plain' };
  if (status === 403) {
    // Nobody in particular may see nothing, so this is what a token that has ended is told.
    return SAYS_NOBODY.test(text) ? { kind: 'unauthorized', form: 'disguised' } : { kind: 'forbidden' };
  }
  if (status === 404 && new URL(url).pathname.includes('/wiki/api/v2/') && isBareNotFound(text))
    return { kind: 'unauthorized', form: 'disguised' };
  return { kind: 'unusable', reason: `${new URL(url).host} answered with HTTP ${status}`, status };
}

/** What is wrong with an answer that has status 200 but is no JSON. */
export const notJson = ({ url, status, text }: RefusedAnswer): Refusal => {
  const what = isPage(text) ? 'a web page' : 'an answer that is cut off or not JSON';
  return { kind: 'unusable', reason: cleanText(`${new URL(url).host} sent ${what}`, 300), status };
};

/** Scopes that an answer says the credential has; null when it does not (GitHub and Bitbucket do). */
export const scopesInHeader = (headers: Answer['headers']): string[] | null => {
  const listed = headers.get('x-oauth-scopes');
  return listed === null ? null : scopeWords(listed);
};

/** RFC 6750 §3.1 has the required ones in the challenge; Bitbucket tells both in its answer. */
function namedScopes(
  headers: Answer['headers'],
  text: string,
  challenge: string,
): { required: string[]; granted: string[] | null } {
  const detail = fieldOf(jsonIn(text), 'error', 'detail');
  const required = fieldOf(detail, 'required') ?? /\bscope="([^"]{1,2000})"/.exec(challenge)?.[1];
  const granted = fieldOf(detail, 'granted');
  return {
    required: scopeWords(required),
    granted: Array.isArray(granted) ? scopeWords(granted) : scopesInHeader(headers),
  };
}

const scopeWords = (value: unknown): string[] => {
  const words: unknown[] =
    typeof value === 'string' ? value.split(/[\s,]+/) : Array.isArray(value) ? value : [];
  return words
    .filter(
      (word): word is string => typeof word === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(word),
    )
    .slice(0, 200);
};

/** A thing that is not there is named: `Could not find … with id …`. */
function isBareNotFound(text: string): boolean {
  const errors = fieldOf(jsonIn(text), 'errors');
  return (
    Array.isArray(errors) &&
    errors.length > 0 &&
    errors.every((error) => fieldOf(error, 'title') === 'Not Found')
  );
}

const isPage = (text: string): boolean => text.trimStart().startsWith('<');

function loginUrl(denied: string): string | null {
  const address = /login-url=([^;\s]+)/.exec(denied)?.[1] ?? '';
  return isSafeEndpoint(address) ? cleanText(address, 500) : null;
}
