import type { CredentialHeader } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import { cleanText } from '../lib/clean-text.ts';
import { isSafeEndpoint } from '../providers/address.ts';
import { textAt } from './text-at.ts';
import { transportFault } from '../lib/transport-fault.ts';

/** What a GET with the access token gave. Texts are for people; none holds the token or quotes an answer at length. */
export type JsonAnswer =
  | { kind: 'json'; value: unknown }
  /** 401 by which Atlassian means that a scope is missing; it does not say which. */
  | { kind: 'scope-missing' }
  /** 401: the access token is over, or was never good. */
  | { kind: 'unauthorized' }
  | { kind: 'forbidden' }
  /** Data Center wants a person to solve a CAPTCHA in the browser first. */
  | { kind: 'captcha'; loginUrl: string | null }
  | { kind: 'unreachable'; reason: string }
  /** An error of the server, a web page, cut JSON. */
  | { kind: 'unusable'; reason: string; status: number };

export interface JsonRequest {
  url: string;
  /** Null: without a credential. */
  header: CredentialHeader | null;
  method?: 'GET' | 'POST';
  body?: string | undefined;
  headers?: Readonly<Record<string, string>>;
  /** `text`: the answer is a word, and empty when it refuses. */
  answer?: 'json' | 'text';
  /** Field of an answer that refuses with status 200. */
  refusedBy?: string | undefined;
}

/** One request for JSON with a credential. */
export async function getJson(
  fetch: Fetch,
  { url, header, method = 'GET', body, headers = {}, answer = 'json', refusedBy }: JsonRequest,
): Promise<JsonAnswer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: answer === 'text' ? 'text/plain' : 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...(header === null ? {} : fieldsOf(header)),
      },
      ...(body === undefined ? {} : { body }),
    });
    text = await response.text();
  } catch (fault) {
    return { kind: 'unreachable', reason: transportFault(fault, url).reason };
  }
  const { status } = response;
  const denied = response.headers.get('x-authentication-denied-reason') ?? '';
  if (denied.startsWith('CAPTCHA_CHALLENGE')) return { kind: 'captcha', loginUrl: loginUrl(denied) };
  if (status === 401 && response.headers.get('x-failure-category') === 'FAILURE_CLIENT_SCOPE_CHECK')
    return { kind: 'scope-missing' };
  if (status === 401) return { kind: /scope does not match/i.test(text) ? 'scope-missing' : 'unauthorized' };
  if (status === 403) return { kind: 'forbidden' };
  const host = new URL(url).host;
  if (!response.ok) return { kind: 'unusable', reason: `${host} answered with HTTP ${status}`, status };
  const word = text.trim();
  if (answer === 'text' && /^[^<\s]*$/.test(word))
    return word === '' ? { kind: 'unauthorized' } : { kind: 'json', value: word };
  try {
    const value = JSON.parse(text) as unknown;
    const refused = refusedBy !== undefined && textAt(value, refusedBy, 100) !== '';
    return refused ? { kind: 'unauthorized' } : { kind: 'json', value };
  } catch {
    const what = text.trimStart().startsWith('<') ? 'a web page' : 'an answer that is cut off or not JSON';
    return { kind: 'unusable', reason: cleanText(`${host} sent ${what}`, 300), status };
  }
}

const fieldsOf = ({ name, value, also = [] }: CredentialHeader): Record<string, string> =>
  Object.fromEntries([[name, value], ...also.map((header) => [header.name, header.value] as const)]);

function loginUrl(denied: string): string | null {
  const address = /login-url=([^;\s]+)/.exec(denied)?.[1] ?? '';
  return isSafeEndpoint(address) ? cleanText(address, 500) : null;
}
