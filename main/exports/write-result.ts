import type { Failure } from '../../contract/errors.ts';
import type { Result } from '../lib/result.ts';
import type { ConnectionRecord, PipeIdentity, WrittenFrom } from '../store/records.ts';

export interface WriteResult {
  /** Whether the content is another one now; of a mere check, whether it would be. */
  changed: boolean;
  existed: boolean;
  /** Names that are set outside our lines too. */
  alsoSet: { name: string; line: number }[];
  /** Epoch ms at which the token in it ends. */
  expiresAt: number | null;
  /** What the person should know of this file; each with what to do. */
  warnings: string[];
  /** The mode that let others read the file until now; null when only its owner could. */
  narrowedFrom: number | null;
  connection: ConnectionRecord;
  from: WrittenFrom;
  /** The pipe that answers; null for a file. */
  pipe: PipeIdentity | null;
}

/** `retry`: it may succeed later although nothing changes here, as with a full disk. */
export interface WriteFailure {
  failure: Failure;
  retry: boolean;
}

export const stop = (error: Failure, retry: boolean): Result<never, WriteFailure> => ({
  ok: false,
  error: { failure: error, retry },
});
