import type { ProviderView } from '../../contract/provider.ts';
import { WAY_WORDS, waysOf } from './method-words.ts';

/** The ways to sign in, in one line. */
export const wayList = (provider: ProviderView): string =>
  waysOf(provider)
    .map((way) => WAY_WORDS[way].name)
    .join(' · ');

/** How far a definition can be relied on, and what it was written from. */
export function sourceWords({ tried, source }: Pick<ProviderView, 'tried' | 'source'>): string {
  const from = source === null ? '' : `, from ${source}`;
  return tried ? `Tried with the real service${from}` : `Not tried with the real service${from}`;
}
