import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { SentFile } from './sent-file.ts';

/** A request as the stand-in's pages and endpoints see it: read completely, with only the address decoded. */
export interface SandboxRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Empty for a form with a file in it. */
  body: string;
  /** The file of such a form. */
  file: SentFile | null;
}

export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The answer does not end with the body: a stream on which more could come. */
  open?: true;
}

/** Answers a request whose bodies are no texts: it reads and writes them itself. */
export type Stream = (incoming: IncomingMessage, response: ServerResponse) => Promise<void>;

export const json = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
});

export const text = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
});

/** A bare web page, such as a gateway or a login page sends where JSON was expected. */
export const webPage = (status: number, title: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1></html>`,
});

/** RFC 6749 §5.2, with the status that the server gives it. */
export const oauthError = (status: number, error: string, description?: string): Reply =>
  json(status, { error, ...(description === undefined ? {} : { error_description: description }) });

/** 303, so that the browser turns a posted form into a GET. */
export const seeOther = (location: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store', ...headers },
  body: '',
});

export const notFound = (): Reply => json(404, { code: 404, message: 'Not found' });

/** The token of `Authorization: Bearer` (RFC 6750 §2.1); null without one. */
export const bearerTokenOf = ({ headers }: SandboxRequest): string | null =>
  /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;

/** The pair of `Authorization: Basic` (RFC 7617); null without one. */
export function basicOf({ headers }: SandboxRequest): { username: string; password: string } | null {
  const encoded = /^Basic +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const [, username = '', password = ''] =
    /^([^:]*):([^]*)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return { username, password };
}

/** JSON of a body; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
