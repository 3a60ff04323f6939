import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { Result } from '../lib/result.ts';
import type { Soon } from '../lib/soon.ts';
import type { ConnectionRecord } from '../store/records.ts';
import type { GitInstalls } from './git-installs.ts';

/** Whether whoever asks may get what a connection’s credential opens; `what` is a sentence without its full stop. */
export type Admit = (connection: ConnectionRecord, what: string) => Soon<Result<void>>;

/** What git asks Tokentray, and where it is made to. */
export interface Git {
  /** Never fails: what git cannot be given is in the answer, for the person. */
  credential(asked: CallInput<'git.credential'>, admit: Admit): Promise<CallOutput<'git.credential'>>;
  installs: GitInstalls;
}
