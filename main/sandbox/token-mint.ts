import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from './exchange.ts';

const AccessClaims = z.object({
  /** The grant that the token was issued under. */
  grant: z.string(),
  sub: z.string(),
  client_id: z.string(),
  scope: z.string(),
  /** Epoch seconds. */
  iat: z.number(),
  exp: z.number(),
  /** With these, the token ends when the refresh token it came with is replaced. */
  family: z.string().optional(),
  serial: z.number().int().optional(),
});
export type AccessClaims = z.infer<typeof AccessClaims>;

const RefreshClaims = z.object({ family: z.string(), serial: z.number().int() });
/** Which token of which family: the grants then know whether it is the current one. */
export type RefreshClaims = z.infer<typeof RefreshClaims>;

export type Random = (bytes: number) => Buffer;

/** Filler up to the sizes that Atlassian's tokens have, so that headers, columns and keychains are tested with realistic lengths. */
const ACCESS_FILLER_BYTES = 800;
const REFRESH_FILLER_BYTES = 500;

const HEADER = base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid: 'tokentray-sandbox' }));

/** Creates and reads the stand-in's tokens. They are signed, so issued tokens need not be stored. */
export class TokenMint {
  readonly #key: KeyObject;
  readonly #random: Random;
  /** Asked for with each request; there are as many as there are kinds of credentials. */
  readonly #secrets = new Map<string, string>();

  constructor(key: Buffer, random: Random) {
    // From bytes it would be made anew for each signature, which takes longer than signing.
    this.#key = createSecretKey(key);
    this.#random = random;
  }

  /** A JWT (RFC 7519, HS256) of about 2 KB. */
  accessToken(claims: AccessClaims): string {
    const payload = {
      iss: 'https://tokentray.sandbox.example',
      aud: 'api.atlassian.com',
      ...claims,
      jti: this.#random(16).toString('hex'),
      filler: this.#random(ACCESS_FILLER_BYTES).toString('base64url'),
    };
    const signed = `${HEADER}.${base64url(JSON.stringify(payload))}`;
    return `${signed}.${this.#sign('access', signed)}`;
  }

  /** Null unless it is one of ours, unaltered; the caller checks its expiry. */
  readAccessToken(token: string): AccessClaims | null {
    const end = Math.max(token.lastIndexOf('.'), 0);
    const signed = token.slice(0, end);
    // We choose the algorithm, whatever the header says (RFC 8725 §3.1).
    if (!this.#verify('access', signed, token.slice(end + 1))) return null;
    const payload = signed.split('.')[1] ?? '';
    return AccessClaims.safeParse(parseJson(fromBase64url(payload))).data ?? null;
  }

  /** About 1 KB, opaque to clients. */
  refreshToken(claims: RefreshClaims): string {
    const filler = this.#random(REFRESH_FILLER_BYTES).toString('base64url');
    const signed = base64url(JSON.stringify({ ...claims, filler }));
    return `${signed}.${this.#sign('refresh', signed)}`;
  }

  readRefreshToken(token: string): RefreshClaims | null {
    const [signed = '', signature = ''] = token.split('.', 2);
    if (!this.#verify('refresh', signed, signature)) return null;
    return RefreshClaims.safeParse(parseJson(fromBase64url(signed))).data ?? null;
  }

  /** A new value that nobody can guess, base64url. */
  random(bytes: number): string {
    return this.#random(bytes).toString('base64url');
  }

  /** A secret that is the same after every restart, such as an API token: base64url of so many bytes. */
  secret(name: string, bytes: number): string {
    const known = this.#secrets.get(`${name}:${bytes}`);
    if (known !== undefined) return known;
    const parts = Array.from({ length: Math.ceil(bytes / 32) }, (_, part) =>
      Buffer.from(this.#sign('secret', `${name}:${part}`), 'base64url'),
    );
    const secret = Buffer.concat(parts).subarray(0, bytes).toString('base64url');
    this.#secrets.set(`${name}:${bytes}`, secret);
    return secret;
  }

  #sign(use: 'access' | 'refresh' | 'secret', text: string): string {
    return createHmac('sha256', this.#key).update(`${use}:${text}`).digest('base64url');
  }

  #verify(use: 'access' | 'refresh', text: string, signature: string): boolean {
    const expected = Buffer.from(this.#sign(use, text));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}

function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

const fromBase64url = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');
