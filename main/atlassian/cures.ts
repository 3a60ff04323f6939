import type { ErrorCode } from '../../contract/errors.ts';
import { assertNever } from '../lib/result.ts';
import type { Refusal } from './refusals.ts';

/** What a refusal means to a person (`message`), and the one thing to do next. */
export interface Cure {
  code: ErrorCode;
  message: string;
  hint: string;
  /** Scopes to ask for, where that is the cure. */
  scopes?: readonly string[];
}

/** Where a refusal was met; the same one needs another cure during a sign-in than in a stored connection. */
export interface Situation {
  /** Who refused: a provider or one of its APIs. */
  name: string;
  /** What the credential is called. */
  credential: string;
  /** How to get one that works. */
  renew: string;
  retry: string;
  /** Codes of a credential that is over, an account without access, and an answer that nobody would expect. */
  codes: { over: ErrorCode; forbidden: ErrorCode; odd: ErrorCode };
  /** What to do about an answer that nobody would expect. */
  odd: string;
  /** How to get the scopes. */
  obtain: (scopes: readonly string[]) => string;
  /** What the call needs; empty where nothing says. */
  scopes: readonly string[];
  /** What to ask for where the call was removed. */
  successors: readonly string[];
  /** Something else was answered with the same credential, so it is not over. */
  works: boolean;
  /** The provider has another address, at which other kinds of credentials work. */
  elsewhere: boolean;
}

/** Decides what to tell about a refusal. */
export function cureOf(refusal: Refusal, situation: Situation): Cure {
  const { name, credential, renew, retry, codes, works } = situation;
  switch (refusal.kind) {
    case 'scope-missing': {
      const scopes = refusal.required.length > 0 ? refusal.required : situation.scopes;
      return {
        code: 'missing-scope',
        message: `${name} knows the ${credential}, but ${lacking(scopes)}.`,
        hint: situation.obtain(scopes),
        scopes,
      };
    }
    case 'unauthorized':
      if (refusal.form === 'page' && situation.elsewhere)
        return {
          code: codes.over,
          message: `${name} does not take this kind of ${credential} at this address: one with scopes works only at the API gateway.`,
          hint: renew,
        };
      if (works) return noAccess(situation);
      return {
        code: codes.over,
        message: `${name} does not accept the ${credential}: it is wrong, has expired or was revoked.`,
        hint: renew,
      };
    case 'mismatch':
      return {
        code: codes.over,
        message: `${name} says that the ${credential} belongs to another account than the e-mail address.`,
        hint: `Use the e-mail address of the account that created it. ${renew}`,
      };
    case 'forbidden':
      return noAccess(situation);
    case 'captcha':
      return {
        code: 'refused',
        message: `${name} wants a CAPTCHA after too many wrong passwords, and accepts nothing until then.`,
        hint: `Sign in once ${refusal.loginUrl === null ? 'in the browser' : `at ${refusal.loginUrl}`}, then try again.`,
      };
    case 'removed':
      return {
        code: situation.successors.length > 0 ? 'missing-scope' : 'unsupported',
        message: `${name} no longer has the API that these permissions open (HTTP 410).`,
        hint:
          situation.successors.length > 0
            ? situation.obtain(situation.successors)
            : 'Use the API that took its place; the provider’s documentation names it.',
        scopes: situation.successors,
      };
    case 'busy':
      return {
        code: 'temporary',
        message: `${name} was asked too often${wait(refusal.waitMs)}.`,
        hint: retry,
      };
    case 'unreachable':
      return {
        code: 'offline',
        message: `${name} cannot be reached because of a network problem: ${refusal.reason}.`,
        hint: refusal.cure,
      };
    case 'unusable':
      if (refusal.status >= 500)
        return {
          code: 'temporary',
          message: `${name} has a temporary problem: ${refusal.reason}.`,
          hint: retry,
        };
      return {
        code: codes.odd,
        message: `This does not look like ${name}: ${refusal.reason}.`,
        hint: situation.odd,
      };
    default:
      return assertNever(refusal);
  }
}

const noAccess = ({ name, codes, credential }: Situation): Cure => ({
  code: codes.forbidden,
  message: `The account has no access to ${name} with this ${credential}.`,
  hint: `Ask an administrator for access to ${name}, or use a ${credential} that was made for it.`,
});

const lacking = (scopes: readonly string[]): string => {
  if (scopes.length === 0) return 'it lacks the permission for this';
  return `it lacks the permission${scopes.length === 1 ? '' : 's'} ${scopes.join(', ')}`;
};

const wait = (ms: number | null): string =>
  ms === null ? '' : ` and asks to wait ${Math.max(1, Math.ceil(ms / 1000))} s`;

const ANYWHERE = { scopes: [], successors: [], works: false, elsewhere: false };

/** During a sign-in with OAuth: the token is new. */
export const newGrant = (name: string): Situation => ({
  ...ANYWHERE,
  name,
  credential: 'new token',
  renew: 'Sign in again.',
  retry: 'Sign in again in a few minutes.',
  codes: { over: 'failed', forbidden: 'missing-scope', odd: 'temporary' },
  odd: 'Sign in again in a few minutes.',
  obtain: () =>
    'Enable a scope that reads the profile for the app at the provider (at Atlassian: read:me of the User identity API), then sign in again.',
});

/** What a person has pasted is tried for the first time. */
export const justPasted = (name: string): Situation => ({
  ...ANYWHERE,
  name,
  credential: 'credential',
  renew: 'Check the address and the user name, or create a new one and paste it.',
  retry: 'Try again in a few minutes.',
  codes: { over: 'denied', forbidden: 'denied', odd: 'invalid-input' },
  odd: 'Check the address: it is the one that the browser shows, without the path of a page.',
  obtain: (scopes) =>
    scopes.length === 0
      ? 'Create a token that has the scope for reading the user’s profile.'
      : `Create a token that has the scopes ${scopes.join(' ')}.`,
});

/** The refusal that says most about a credential, where several addresses refused it. */
export function mostTelling(refusals: readonly Refusal[]): Refusal | undefined {
  return [...refusals].sort((a, b) => rank(a) - rank(b))[0];
}

function rank(refusal: Refusal): number {
  switch (refusal.kind) {
    case 'captcha':
      return 0;
    case 'busy':
      return 1;
    case 'scope-missing':
      return 2;
    case 'mismatch':
      return 3;
    case 'unauthorized':
      return refusal.form === 'page' ? 8 : 4;
    case 'forbidden':
      return 5;
    case 'unreachable':
      return 6;
    case 'removed':
      return 9;
    case 'unusable':
      return refusal.status >= 500 ? 7 : 10;
    default:
      return assertNever(refusal);
  }
}
