import type { ProviderView } from '../../contract/provider.ts';
import { WAY_WORDS, type Way } from './method-words.ts';

/** What the button of the form says. */
export const SUBMIT: Readonly<Record<Way, string>> = {
  'authorization-code': 'Continue in browser',
  'client-credentials': 'Connect',
  'device-code': 'Continue',
  'api-token': 'Continue',
  'personal-access-token': 'Continue',
  basic: 'Continue',
  'api-key': 'Continue',
  'access-token': 'Continue',
};

/** Where there is one way only, nothing else says what it is. */
export function descriptionOf(way: Way, ways: readonly Way[], { name }: ProviderView): string | undefined {
  if (ways.length > 1) return undefined;
  return way === 'authorization-code'
    ? `You sign in to ${name} in your browser. Tokentray never sees your password.`
    : `${WAY_WORDS[way].name}. ${WAY_WORDS[way].when}`;
}
