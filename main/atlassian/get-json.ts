import type { Fetch } from '../lib/bounded-fetch.ts';
import { cleanText } from '../lib/clean-text.ts';
import { transportFault } from '../lib/transport-fault.ts';

/** What a GET with the access token gave. Texts are for people; none holds the token or quotes an answer at length. */
export type JsonAnswer =
  | { kind: 'json'; value: unknown }
  /** 401 by which Atlassian means that a scope is missing; it does not say which. */
  | { kind: 'scope-missing' }
  /** 401: the access token is over, or was never good. */
  | { kind: 'unauthorized' }
  | { kind: 'forbidden' }
  | { kind: 'unreachable'; reason: string; cure: string }
  /** An error of the server, a web page, cut JSON. */
  | { kind: 'unusable'; reason: string; status: number };

/** One GET of JSON as the holder of `accessToken`. */
export async function getJson(fetch: Fetch, url: string, accessToken: string): Promise<JsonAnswer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
    });
    text = await response.text();
  } catch (fault) {
    const { reason, cure } = transportFault(fault, url);
    return { kind: 'unreachable', reason, cure };
  }
  const { status } = response;
  if (status === 401) return { kind: /scope does not match/i.test(text) ? 'scope-missing' : 'unauthorized' };
  if (status === 403) return { kind: 'forbidden' };
  const host = new URL(url).host;
  if (!response.ok) return { kind: 'unusable', reason: `${host} answered with HTTP ${status}`, status };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    const what = text.trimStart().startsWith('<') ? 'a web page' : 'an answer that is cut off or not JSON';
    return { kind: 'unusable', reason: cleanText(`${host} sent ${what}`, 300), status };
  }
}
