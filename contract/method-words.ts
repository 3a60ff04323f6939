import type { ConnectionView, SignInMethod } from './connection.ts';

export const METHOD_WORDS: Readonly<Record<SignInMethod, string>> = {
  oauth2: 'OAuth 2.0',
  'api-token': 'API token',
  'personal-access-token': 'Personal access token',
  basic: 'User name and password',
  'api-key': 'API key',
  'access-token': 'Access token from elsewhere',
};

/** For use within a sentence. */
export const METHOD_NOUNS: Readonly<Record<SignInMethod, string>> = {
  oauth2: 'sign-in',
  'api-token': 'API token',
  'personal-access-token': 'personal access token',
  basic: 'password',
  'api-key': 'API key',
  'access-token': 'access token',
};

/** What a person brings anew when it ends; null where they sign in instead. */
export function pastedNoun(method: SignInMethod): 'token' | 'key' | 'password' | null {
  switch (method) {
    case 'oauth2':
      return null;
    case 'basic':
      return 'password';
    case 'api-key':
      return 'key';
    case 'api-token':
    case 'personal-access-token':
    case 'access-token':
      return 'token';
  }
}

/** What the button and menu item say that bring a new credential. */
export function replaceLabel({ method }: Pick<ConnectionView, 'method'>): string {
  const noun = pastedNoun(method);
  return noun === null ? 'Reconnect' : `Replace ${noun}`;
}
