import type { ImportSource } from '../../contract/import.ts';
import type { Candidate } from './candidate.ts';
import type { Surroundings } from './surroundings.ts';

/** One program whose credentials can be moved in: one file in `sources/`, one line in `all-sources.ts`. */
export interface Source {
  readonly id: ImportSource;
  /** As people know it. */
  readonly name: string;
  /** What it says in the report when nothing is found: where it looks. */
  readonly looksAt: string;
  /** Whether a person may name the file that it reads. */
  readonly takesFile: boolean;
  find(surroundings: Surroundings): Promise<Candidate[]>;
}
