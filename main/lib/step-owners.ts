import type { BigIntStats } from 'node:fs';
import process from 'node:process';
import { typeWithoutOwners } from './file-system-type.ts';
import { walkPathSync, type PathStep } from './path-steps.ts';

/** The user for whom a path has to be safe. */
export interface Person {
  uid: bigint;
  /** Ids of the groups. */
  groups: readonly bigint[];
  /** As `typeWithoutOwners`. */
  typeWithoutOwners: (file: string) => string | null;
}

/** Why another user could control what a path leads to. */
export type Doubt =
  /** It belongs to another user. */
  | { kind: 'foreign'; step: PathStep }
  /** A folder in which every user may put and swap things. */
  | { kind: 'open'; step: PathStep }
  /** Another user's folder in which a group of this person's works together. */
  | { kind: 'team'; step: PathStep }
  /** Its owner or mode would be one of those, on a file system where neither need mean anything. */
  | { kind: 'no-owners'; step: PathStep; type: string };

/**
 * Doubts about the steps of a walk. Root is trusted, and so is the owner of `/`, who could replace everything: in a
 * user namespace that is how the system's own folders show. A sticky folder, such as `/tmp`, is safe to pass.
 */
export function doubtsOf(steps: readonly PathStep[], person: Person): Doubt[] {
  const trusted = [person.uid, 0n, steps[0]?.stat.uid ?? 0n];
  return steps.flatMap((step) => doubtOf(step, trusted, person) ?? []);
}

function doubtOf(step: PathStep, trusted: readonly bigint[], person: Person): Doubt | null {
  const { uid, gid, mode } = step.stat;
  const isTrusted = trusted.includes(uid);
  const isOpen = isOpenFolder(step.stat);
  if (isTrusted && !isOpen) return null;
  const type = person.typeWithoutOwners(step.path);
  if (type !== null) return { kind: 'no-owners', step, type };
  if (isTrusted) return { kind: 'open', step };
  const isTeam = !isOpen && step.stat.isDirectory() && (mode & 0o020n) !== 0n && person.groups.includes(gid);
  return { kind: isTeam ? 'team' : 'foreign', step };
}

const isOpenFolder = (stat: BigIntStats): boolean => stat.isDirectory() && (stat.mode & 0o1002n) === 0o002n;

/** Who this process acts as; null on Windows, where folders of a person are theirs by the system's own rules. */
export function thisPerson(): Person | null {
  const uid = process.getuid?.();
  if (uid === undefined) return null;
  return { uid: BigInt(uid), groups: (process.getgroups?.() ?? []).map(BigInt), typeWithoutOwners };
}

/**
 * The first step of an absolute path, links and what they lead to among them, that belongs to another user; null when
 * there is none. Throws what the system says of a step that cannot be looked at.
 */
export function foreignStep(file: string, person: Person | null = thisPerson()): string | null {
  if (person === null) return null;
  const doubts = doubtsOf(walkPathSync(file)?.steps ?? [], person);
  return doubts.find(({ kind }) => kind === 'foreign' || kind === 'team')?.step.path ?? null;
}
