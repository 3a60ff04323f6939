import type { CredentialHeader } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
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
}

/** One request for JSON with a credential. */
export async function getJson(
  fetch: Fetch,
  { url, header, method = 'GET', body, headers = {} }: JsonRequest,
): Promise<JsonAnswer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...(header === null ? {} : { [header.name]: header.value }),
      },
      ...(body === undefined ? {} : { body }),
    });
    text = await response.text();
  } catch (fault) {
    const { reason, cure } = transportFault(fault, url);
    return { kind: 'unreachable', reason, cure };
  }
  const answer = { url, status: response.status, headers: response.headers, text };
  if (!response.ok) return refusalOf(answer);
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown, scopes: scopesInHeader(response.headers) };
  } catch {
    return notJson(answer);
  }
}
