import type { Candidate } from './candidates.ts';
import type { GitQuestion } from './attributes.ts';

/** How git can send a connection's secret. `of-the-person`: with the user name that the service knows them by. */
export type HowGitSends = { as: 'basic'; username: string } | 'of-the-person' | 'bearer' | 'not';

/** Git before 2.46 sends nothing but user name and password (RFC 7617). Pure. */
export function howGitSends(
  { connection: { sent }, address }: Candidate,
  { bearer, username }: Pick<GitQuestion, 'bearer' | 'username'>,
): HowGitSends {
  if (address.username !== undefined) return { as: 'basic', username: address.username };
  if (sent.as === 'basic') return { as: 'basic', username: sent.username };
  if (sent.as === 'bearer' && bearer) return 'bearer';
  if (address.asPassword !== true) return 'not';
  return username === null ? 'of-the-person' : { as: 'basic', username };
}
