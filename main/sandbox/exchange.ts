import type { IncomingHttpHeaders } from 'node:http';

/** A request as the stand-in's pages and endpoints see it: read completely, with only the address decoded. */
export interface SandboxRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export const json = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
});

/** RFC 6749 §5.2, with the status that Atlassian gives it. */
export const oauthError = (status: number, error: string, description: string): Reply =>
  json(status, { error, error_description: description });

/** 303, so that the browser turns a posted form into a GET. */
export const seeOther = (location: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store', ...headers },
  body: '',
});

export const notFound = (): Reply => json(404, { code: 404, message: 'Not found' });

/** JSON of a body; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
