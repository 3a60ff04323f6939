import type { RequestAnswer } from '../../contract/calls.ts';
import type { CredentialHeader } from '../credentials/sent.ts';
import type { Fetch } from '../lib/bounded-fetch.ts';
import type { Clock } from '../lib/clock.ts';
import { answerLine } from './answer-line.ts';

/** A `fetch` that remembers what its first request gave, fit to be shown. */
export interface Witness {
  fetch: Fetch;
  /** Null before there was one. */
  seen: () => RequestAnswer | null;
}

export function witness(fetch: Fetch, header: CredentialHeader, clock: Pick<Clock, 'monotonicMs'>): Witness {
  let seen: RequestAnswer | null = null;
  return {
    seen: () => seen,
    fetch: async (url, init) => {
      const begun = clock.monotonicMs();
      const asked = { method: init?.method ?? 'GET', url: String(url) };
      const took = (): number => Math.round(clock.monotonicMs() - begun);
      try {
        const answer = await fetch(url, init);
        const text = await answer.text();
        seen ??= { ...asked, status: answer.status, ms: took(), line: answerLine(text, secretsOf(header)) };
        return { ...pickAnswer(answer), text: () => Promise.resolve(text) };
      } catch (fault) {
        seen ??= { ...asked, status: null, ms: took(), line: '' };
        throw fault;
      }
    },
  };
}

const pickAnswer = ({ status, ok, headers }: Awaited<ReturnType<Fetch>>) => ({ status, ok, headers });

/** The values whole, and without the scheme before a secret; of Basic, what is inside it too. */
function secretsOf({ value, also = [] }: CredentialHeader): string[] {
  const values = [value, ...also.map((header) => header.value)];
  return values.flatMap((whole) => {
    const secret = whole.slice(whole.indexOf(' ') + 1);
    const inside = /^basic /i.test(whole) ? Buffer.from(secret, 'base64').toString() : '';
    return [whole, secret, inside.slice(inside.indexOf(':') + 1)].filter((text) => text !== '');
  });
}
