import type { Disposable } from '../../lib/disposable.ts';
import type { Result } from '../../lib/result.ts';
import type { PipeIdentity } from '../../store/records.ts';
import type { Opener } from '../open-files.ts';

/** Named pipes as the system offers them. */
export interface PipeSystem {
  /**
   * Makes a pipe at a path where nothing is, or takes over `own`, if that is what is there. `refused` for anything else, and where
   * others could put something in its place. `onlyCheck`: fails as it would, and makes nothing.
   */
  open(file: string, options: OpenPipe): Promise<Result<OpenedPipe>>;
  /** Puts a fresh pipe in the place of `own`, so that whoever opens the path from now on gets that one. Null: `own` is not there any more. */
  renew(target: string, own: PipeIdentity): Promise<PipeIdentity | null>;
  /** Whether the pipe is still what the path leads to. */
  isThere(target: string, own: PipeIdentity): Promise<boolean>;
  /** Waits for a reader of this very pipe. */
  wait(target: string, own: PipeIdentity): Promise<PipeWaiter>;
  /** Who has it open for reading, as far as the system tells. */
  readers(target: string, own: PipeIdentity, except: readonly number[]): Promise<Opener[]>;
  /** Removes it if it is still there. */
  remove(target: string, own: PipeIdentity): Promise<void>;
}

export interface OpenPipe {
  own: PipeIdentity | null;
  allowShared: boolean;
  onlyCheck?: boolean;
}

export interface OpenedPipe {
  /** Symlinks followed. */
  target: string;
  /** Null after a mere check. */
  identity: PipeIdentity | null;
  /** What others can do where the folder is shared; null when nothing. */
  shared: string | null;
}

/** Somebody is waited for at a pipe, at no cost while nobody comes. */
export interface PipeWaiter {
  /** Its process, which holds the pipe open too. */
  pid: number;
  /** Whether a reader has come; false: the wait ended without one. */
  opened: Promise<boolean>;
  /** Gives the reader everything and closes the pipe. Resolves when it is closed; the reader may not have wanted it. */
  send(bytes: Buffer): Promise<void>;
  /** Calls once when the path leads elsewhere or nowhere, where the system tells; until it is disposed of. */
  onMoved(listener: () => void): Disposable;
  /** Ends the wait. */
  end(): void;
}
