import type { LockedBy } from '../../contract/vocabulary.ts';
import type { Disposable } from '../lib/disposable.ts';
import type { Result } from '../lib/result.ts';

/** Locks the app by hand, with the screen, or after a while; only a person or their screen unlocks it. */
export interface AppLock extends Disposable {
  /** Fails with `unsupported` where the key is nowhere but in memory. Locking what is locked changes nothing. */
  lock(by: LockedBy): Result<void>;
  /** Has the system ask the person where it can. Fails with `denied`, `cancelled` or a `keychain-…` code; it is locked still then. */
  unlock(): Promise<Result<void>>;
  /** A person used the window or the command line. */
  readonly used: () => void;
  /** Begins to follow the screen and the time without use, as the settings say. */
  start(): void;
}
