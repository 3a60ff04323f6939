import type { CredentialHeader } from '../credentials/sent.ts';
import type { Answer, Fetch } from '../lib/bounded-fetch.ts';
import { textAt } from './text-at.ts';
import { transportFault } from '../lib/transport-fault.ts';
import { notJson, refusalOf, scopesInHeader, type Refusal } from './refusals.ts';

/** What a request gave. `scopes`: those of the credential, where the answer lists them. */
export type JsonAnswer = { kind: 'json'; value: unknown; scopes: string[] | null } | Refusal;

export interface JsonRequest {
  url: string;
  /** Null: without a credential. */
  header: CredentialHeader | null;
  method?: 'GET' | 'POST';
  body?: string | undefined;
  headers?: Readonly<Record<string, string>>;
  /** `text`: the answer is a word, and empty when it refuses. `any`: it is not read. */
  answer?: 'json' | 'text' | 'any';
  /** Field of an answer that refuses with status 200. */
  refusedBy?: string | undefined;
  /** Statuses besides 401 and 403 that refuse the credential. */
  refusingStatuses?: readonly number[] | undefined;
}

/** The service took the credential, and found something else wrong with the request. */
export const WRONG_REQUEST: readonly number[] = [400, 405, 406, 409, 415];

/** One request for JSON with a credential. */
export async function getJson(
  fetch: Fetch,
  {
    url,
    header,
    method = 'GET',
    body,
    headers = {},
    answer = 'json',
    refusedBy,
    refusingStatuses,
  }: JsonRequest,
): Promise<JsonAnswer> {
  let response: Answer;
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
    const { reason, cure } = transportFault(fault, url);
    return { kind: 'unreachable', reason, cure };
  }
  const received = { url, status: response.status, headers: response.headers, text };
  if (refusingStatuses?.includes(response.status)) return { kind: 'unauthorized', form: 'plain' };
  if (!response.ok) {
    const refusal = refusalOf(received);
    return answer === 'any' && refusal.kind === 'unusable' && WRONG_REQUEST.includes(refusal.status)
      ? { kind: 'json', value: null, scopes: null }
      : refusal;
  }
  const scopes = scopesInHeader(response.headers);
  if (answer === 'any') return { kind: 'json', value: null, scopes };
  const word = text.trim();
  if (answer === 'text' && /^[^<\s]*$/.test(word))
    return word === '' ? { kind: 'unauthorized', form: 'disguised' } : { kind: 'json', value: word, scopes };
  try {
    const value = JSON.parse(text) as unknown;
    const refused = refusedBy !== undefined && textAt(value, refusedBy, 100) !== '';
    return refused ? { kind: 'unauthorized', form: 'disguised' } : { kind: 'json', value, scopes };
  } catch {
    return notJson(received);
  }
}

const fieldsOf = ({ name, value, also = [] }: CredentialHeader): Record<string, string> =>
  Object.fromEntries([[name, value], ...also.map((header) => [header.name, header.value] as const)]);
