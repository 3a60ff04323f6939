import type { Candidate, Place } from './candidate.ts';
import type { Source } from './source.ts';

/** A candidate with every place where it is. */
export interface Found {
  source: Source;
  candidate: Candidate;
  alsoAt: Place[];
}

/** One entry for what several files or programs hold: the same secret for the same provider. */
export function merge(all: readonly { source: Source; candidate: Candidate }[]): Found[] {
  const found: Found[] = [];
  for (const { source, candidate } of all) {
    const same = found.find((other) => isSame(other.candidate, candidate));
    if (!same) {
      found.push({ source, candidate, alsoAt: [] });
      continue;
    }
    const { candidate: kept, alsoAt } = same;
    if (![kept.place, ...alsoAt].some((place) => samePlace(place, candidate.place)))
      alsoAt.push(candidate.place);
    same.candidate = {
      ...kept,
      address: kept.address ?? candidate.address,
      username: kept.username ?? candidate.username,
    };
  }
  return found;
}

function isSame(one: Candidate, other: Candidate): boolean {
  if (one.provider !== other.provider || (one.grant === null) !== (other.grant === null)) return false;
  if (one.grant && other.grant) return one.grant.refreshToken === other.grant.refreshToken;
  return (
    one.secret === other.secret &&
    one.methods[0] === other.methods[0] &&
    (one.address === null || other.address === null || base(one.address) === base(other.address))
  );
}

const base = (address: string): string =>
  address
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/\/+$/, '');

const samePlace = (one: Place, other: Place): boolean => JSON.stringify(one) === JSON.stringify(other);
