import type { SignInMethod } from './connection.ts';

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
