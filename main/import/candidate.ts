import type { SignInMethod } from '../../contract/connection.ts';

/** Where another program keeps something. */
export type Place = { kind: 'file'; path: string } | { kind: 'keychain'; service: string; account: string };

/** An OAuth grant that another program renews (RFC 6749 §6). Secret. */
export interface CandidateGrant {
  clientId: string;
  /** Null: not found. */
  clientSecret: string | null;
  redirectUri: string | null;
  refreshToken: string;
  scopes: string[];
  /** Null: not known; then the grant says which sites it covers. */
  cloudId: string | null;
}

/** A credential of another program. Holds secrets, and so never leaves the core. */
export interface Candidate {
  place: Place;
  /** Id of the provider's definition, which may be missing here. */
  provider: string;
  /** The first that the provider's definition knows is used. */
  methods: readonly SignInMethod[];
  /** Of the site, or the base address of a self-hosted instance. */
  address: string | null;
  username: string | null;
  /** API token, password, or access token. */
  secret: string;
  /** Epoch ms; null when unknown. */
  expiresAt: number | null;
  /** What renews it. */
  grant: CandidateGrant | null;
  /** What a person should know before taking it. */
  notes: string[];
}

/** What is longer is no address. */
export const MAX_ADDRESS = 2000;

/** A candidate with what most sources do not know. */
export const candidate = (
  known: Pick<Candidate, 'place' | 'provider' | 'methods' | 'secret'> & Partial<Candidate>,
): Candidate => ({
  username: null,
  expiresAt: null,
  grant: null,
  notes: [],
  ...known,
  address: (known.address?.length ?? 0) > MAX_ADDRESS ? null : (known.address ?? null),
});

/** Something that was found and is not a candidate: what cannot be read or used, and why. */
export interface Note {
  /** Null where it is about no one place. */
  place: Place | null;
  message: string;
  /** What kind of secret can be read there by everybody who can read the file. */
  clear: string | null;
}

/** What the credential is, in words. */
export function kindOf({ methods, grant }: Pick<Candidate, 'methods' | 'grant'>): string {
  if (grant !== null) return 'OAuth tokens';
  const [method] = methods;
  if (method === 'basic') return 'password';
  return method === 'api-token' ? 'API token' : (method ?? 'secret').replaceAll('-', ' ');
}

export const placeText = (place: Place): string =>
  place.kind === 'file'
    ? place.path
    : `keychain: ${place.service}${place.account === '' ? '' : `, ${place.account}`}`;
