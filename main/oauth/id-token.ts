import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { Answer, Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import { transportFault } from '../lib/transport-fault.ts';

export interface IdTokenCheck {
  /** Bounded in time and size. */
  fetch: Fetch;
  clock: Clock;
  providerName: string;
  idToken: string;
  issuer: string;
  clientId: string;
  jwksUrl: string;
  /** That of the authorization request; null where there was none. */
  nonce: string | null;
}

/** Asymmetric ones only: with a shared secret, whoever holds the client could sign for the server. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
const CLOCK_TOLERANCE_SECONDS = 60;

const Claims = z.lazy(() =>
  z.looseObject({
    sub: z.string().min(1).max(255),
    aud: z.union([z.string(), z.array(z.string())]),
    azp: z.unknown().optional(),
    nonce: z.unknown().optional(),
  }),
);

/**
 * The claims of an ID token, after the checks of OpenID Connect Core §3.1.3.7: signature, issuer, audience, expiry, nonce. Fails
 * with `offline` or `temporary` when the keys cannot be read, else with `failed`; no message quotes the token.
 */
export async function idTokenClaims(check: IdTokenCheck): Promise<Result<Record<string, unknown>>> {
  const { clock, providerName, idToken, issuer, clientId, nonce } = check;
  const keys = await readKeys(check);
  if (!keys.ok) return keys;
  // Loaded on first use: most providers are asked instead.
  const { createLocalJWKSet, errors, jwtVerify } = await import('jose');
  let payload: unknown;
  try {
    const verified = await jwtVerify(idToken, createLocalJWKSet(keys.value), {
      issuer,
      audience: clientId,
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'iat', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(clock.now()),
    });
    payload = verified.payload;
  } catch (fault) {
    return refused(providerName, fault instanceof errors.JOSEError ? fault.code : 'ERR_JWT');
  }
  const claims = Claims.safeParse(payload);
  if (!claims.success) return refused(providerName, 'sub');
  const { aud, azp } = claims.data;
  if (Array.isArray(aud) && aud.length > 1 && azp === undefined) return refused(providerName, 'azp');
  if (azp !== undefined && azp !== clientId) return refused(providerName, 'azp');
  if (nonce !== null && claims.data.nonce !== nonce) return refused(providerName, 'nonce');
  return ok(claims.data);
}

const refused = (name: string, why: string): Result<never> =>
  fail('failed', `${name} sent an ID token that cannot be trusted (${why}).`, 'Sign in again.');

const KeySet = z.lazy(() => z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(200) }));

async function readKeys({ fetch, jwksUrl, providerName }: IdTokenCheck): Promise<Result<JSONWebKeySet>> {
  let response: Answer;
  let text: string;
  try {
    response = await fetch(jwksUrl, { headers: { accept: 'application/json' } });
    text = await response.text();
  } catch (fault) {
    const { reason } = transportFault(fault, jwksUrl);
    return fail('offline', `${providerName}’s keys could not be read: ${reason}.`, 'Sign in again.');
  }
  try {
    if (response.ok) return ok(KeySet.parse(JSON.parse(text)));
  } catch {
    // Told below.
  }
  return fail(
    'temporary',
    `${providerName}’s keys could not be read: ${new URL(jwksUrl).host} answered with HTTP ${response.status}.`,
    'Sign in again in a few minutes.',
  );
}
