import type { ConnectionView, OAuthGrant, SignInMethod } from '../../contract/connection.ts';
import { METHOD_WORDS } from '../../contract/method-words.ts';
import type { ProviderView } from '../../contract/provider.ts';

/** A way to sign in as a person chooses it: a grant of `oauth2`, or another method. */
export type Way = OAuthGrant | Exclude<SignInMethod, 'oauth2'>;

/** What a way is called, and when to use it. */
export const WAY_WORDS: Readonly<Record<Way, { name: string; when: string }>> = {
  'authorization-code': {
    name: 'Sign in with the browser',
    when: 'You sign in at the provider. Renewed automatically.',
  },
  'device-code': {
    name: 'Sign in with a code',
    when: 'You enter a short code on any device. Renewed automatically.',
  },
  'client-credentials': {
    name: 'Service account',
    when: 'For automation, without a person. Renewed automatically.',
  },
  'api-token': {
    name: 'API token',
    when: 'You create it in your account settings. Needs no OAuth client.',
  },
  'personal-access-token': {
    name: 'Personal access token',
    when: 'You create it in your profile. Usual for self-hosted products.',
  },
  basic: {
    name: 'User name and password',
    when: 'Only if nothing else is allowed: it is sent with each request.',
  },
  'api-key': {
    name: 'API key',
    when: 'Created in the provider’s settings, by you or an administrator.',
  },
  'access-token': {
    name: 'Access token from elsewhere',
    when: 'Another program got it. Can’t be renewed here.',
  },
};

/** The ways of a provider, in the order of its definition. */
export const waysOf = ({ methods, grants }: Pick<ProviderView, 'methods' | 'grants'>): Way[] =>
  methods.flatMap((method): readonly Way[] => (method === 'oauth2' ? grants : [method]));

const GRANTS: ReadonlySet<string> = new Set<OAuthGrant>([
  'authorization-code',
  'device-code',
  'client-credentials',
]);

const isGrant = (way: Way): way is OAuthGrant => GRANTS.has(way);

/** The way as a sign-in asks for it. */
export const requestOf = (way: Way): { method: SignInMethod; grant?: OAuthGrant } =>
  isGrant(way) ? { method: 'oauth2', grant: way } : { method: way };

export const wayOf = ({ method, grant }: Pick<ConnectionView, 'method' | 'grant'>): Way =>
  method === 'oauth2' ? (grant ?? 'authorization-code') : method;

/** Whether a person allows what is requested; a service account’s permissions are set where it is created. */
export const asksForScopes = (way: Way): boolean => way === 'authorization-code' || way === 'device-code';

/** A label within a sentence; `API token` keeps its capitals. */
export const inSentence = (label: string): string =>
  /^[A-Z]{2}/.test(label) ? label : `${label.charAt(0).toLowerCase()}${label.slice(1)}`;

/** What the secret of a connection is called. */
export function secretLabel({ method }: Pick<ConnectionView, 'method'>): string {
  if (method === 'basic') return 'Password';
  return method === 'oauth2' || method === 'access-token' ? 'Access token' : METHOD_WORDS[method];
}
