import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { GitInstalls } from './git-installs.ts';

/** What git asks Tokentray, and where it is made to. */
export interface Git {
  /** Never fails: what git cannot be given is in the answer, for the person. */
  credential(asked: CallInput<'git.credential'>): Promise<CallOutput<'git.credential'>>;
  installs: GitInstalls;
}
