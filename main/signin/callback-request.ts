import { createHash, timingSafeEqual } from 'node:crypto';
import type { CallbackPage } from './callback-page.ts';

/** A sign-in that may receive a callback. `answered`: it has, or the sign-in ended otherwise. */
export interface ExpectedCallback<Id> {
  id: Id;
  redirectUri: string;
  state: string;
  /** The definition's issuer, if it names one. */
  issuer: string | undefined;
  /** The server says that it always names it (RFC 9207 §2.4): an answer without comes from elsewhere. */
  issuerRequired?: boolean;
  answered: boolean;
  /** Why it ended, where that was not by an answer. */
  over?: 'cancelled' | 'too-late' | undefined;
  /** Random; names the page that its browser tab ends at. */
  landing: string;
}

/** The relevant parts of a request. `host` and `origin` null: not sent; `host` undefined: sent twice. */
export interface CallbackRequest {
  method: string;
  /** Path and query, as received. */
  target: string;
  host: string | null | undefined;
  origin: string | null;
}

export type CallbackAnswer = { code: string } | { error: string; description: string | null };

export type CallbackDecision<Id> =
  | { kind: 'accept'; id: Id; answer: CallbackAnswer; landing: string }
  /** The page that an answer led to; `again`: its browser has one and waits for the next. */
  | { kind: 'landing'; id: Id; again: boolean }
  | { kind: 'page'; status: 200 | 400 | 403 | 404 | 405; page: CallbackPage };

/** Addresses without a code. The callback redirects there, so that no code stays in the browser's address bar. */
const LANDING = '/tokentray/sign-in/';
const AGAIN = 'again';

export const landingPath = (landing: string, again = false): string =>
  `${LANDING}${landing}${again ? `?${AGAIN}` : ''}`;

const WRONG = { kind: 'page', status: 400, page: 'wrong' } as const;
/** Visible ASCII (RFC 6749 appendix A.11), as long as headers may be. */
const CODE = /^[\x20-\x7e]{1,60000}$/;
const ERROR = /^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,100}$/;

/**
 * Whether a request is the callback of a sign-in (RFC 6749 §4.1.2, RFC 8252 §7.3, RFC 9207). Only `GET`, the exact
 * path, the expected `Host` and a known `state` make one, for errors too; everything else is answered and ignored.
 */
export function decideCallback<Id>(
  { method, target, host, origin }: CallbackRequest,
  expected: readonly ExpectedCallback<Id>[],
): CallbackDecision<Id> {
  const authority = host?.toLowerCase();
  const here = expected.filter(({ redirectUri }) => new URL(redirectUri).host === authority);
  if (here.length === 0) return WRONG;
  if (method !== 'GET') return { kind: 'page', status: 405, page: 'wrong' };
  const [path, query] = splitOnce(target, '?');
  const landed = path.startsWith(LANDING) ? byText(here, path.slice(LANDING.length), 'landing') : undefined;
  if (landed) return { kind: 'landing', id: landed.id, again: query === AGAIN };
  const forPath = here.filter(({ redirectUri }) => new URL(redirectUri).pathname === path);
  if (forPath.length === 0) return { kind: 'page', status: 404, page: 'wrong' };
  // Browsers send no Origin when they follow a redirect to a page; a script of another page does.
  if (origin !== null && origin !== `http://${authority ?? ''}`) return WRONG;

  const parameters = new URLSearchParams(query);
  const one = (name: string): string | null =>
    parameters.getAll(name).length === 1 ? parameters.get(name) : null;
  const match = byText(forPath, one('state'), 'state');
  if (!match) return WRONG;
  if (match.answered) return { kind: 'page', status: 400, page: match.over ?? 'used' };
  const issuers = parameters.getAll('iss');
  if (match.issuer !== undefined && issuers.some((issuer) => issuer !== match.issuer)) return WRONG;
  if (match.issuerRequired && issuers.length !== 1) return WRONG;
  const answer = readAnswer(parameters, one);
  return answer ? { kind: 'accept', id: match.id, answer, landing: match.landing } : WRONG;
}

function readAnswer(
  parameters: URLSearchParams,
  one: (name: string) => string | null,
): CallbackAnswer | null {
  const code = one('code');
  const error = one('error');
  // No server sends both, or one of them twice.
  if (parameters.getAll('code').length + parameters.getAll('error').length !== 1) return null;
  if (code !== null && CODE.test(code)) return { code };
  if (error !== null && ERROR.test(error)) return { error, description: one('error_description') };
  return null;
}

/** Compares with all of them in constant time, so that timing reveals nothing. */
function byText<Id>(
  expected: readonly ExpectedCallback<Id>[],
  text: string | null,
  field: 'state' | 'landing',
): ExpectedCallback<Id> | undefined {
  const given = digest(text ?? '');
  const matches = expected.filter((one) => timingSafeEqual(digest(one[field]), given));
  return text === null ? undefined : matches[0];
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
