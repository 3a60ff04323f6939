import type { CredentialHeader } from '../../credentials/sent.ts';
import { connectionNames, HOP_BY_HOP } from './request-headers.ts';
import { rewriteAddress, rewriteLinks, type AddressBase } from './rewrite-links.ts';

/** Never passed back: what belongs to one connection, identities of the upstream's side, and orders to a browser about a whole host. */
const DROPPED: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  'set-cookie',
  'set-cookie2',
  'www-authenticate',
  'authentication-info',
  'clear-site-data',
  'alt-svc',
  'strict-transport-security',
  'public-key-pins',
  'expect-ct',
  'refresh',
  'report-to',
  'nel',
  'reporting-endpoints',
  'service-worker-allowed',
]);

const isDroppedFamily = (name: string): boolean =>
  name.startsWith('proxy-') || name.startsWith('access-control-') || name.startsWith('x-tokentray-');

export interface AnswerHeaders {
  /** Names and values in turn. */
  readonly headers: string[];
  /** Whether any says something about rates, or how long to wait. */
  readonly ofRates: boolean;
}

/**
 * The headers to pass back, without those that repeat the credential; addresses are rewritten by `base`, or stay when it is null.
 * Pure.
 */
export function answerHeaders(
  raw: readonly string[],
  base: AddressBase | null,
  credential: CredentialHeader | null = null,
): AnswerHeaders {
  const secrets = credential === null ? [] : [credential, ...(credential.also ?? [])].map(secretIn);
  const named = connectionNames(raw);
  const headers: string[] = [];
  let ofRates = false;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const value = raw[index + 1] ?? '';
    const lower = name.toLowerCase();
    if (DROPPED.has(lower) || isDroppedFamily(lower) || named?.has(lower) === true) continue;
    if (secrets.some((secret) => secret.length >= FEWEST_SECRET && value.includes(secret))) continue;
    if (lower.startsWith('x-ratelimit-') || lower.startsWith('ratelimit') || lower === 'retry-after')
      ofRates = true;
    const kept = base === null ? value : keptValue(lower, value, base);
    if (kept !== null) headers.push(name, kept);
  }
  return { headers, ofRates };
}

/** Shorter ones are in many values by chance. */
const FEWEST_SECRET = 8;

/** What follows the scheme, where there is one. */
const secretIn = ({ value }: CredentialHeader): string => value.slice(value.lastIndexOf(' ') + 1);

function keptValue(name: string, value: string, base: AddressBase): string | null {
  switch (name) {
    case 'location':
    case 'content-location':
      return rewriteAddress(value, base);
    case 'link':
      return rewriteLinks(value, base);
    default:
      return value;
  }
}

/** For browsers that were sent here by a person: nothing that is shown may act as a page of this address. */
export const SANDBOXED = [
  'Content-Security-Policy',
  'sandbox',
  'X-Content-Type-Options',
  'nosniff',
  'Cross-Origin-Resource-Policy',
  'same-origin',
] as const;
