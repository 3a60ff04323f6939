import { define, EVERYONE, None } from './define-call.ts';
import { AppStatus } from './status.ts';

/** Locking: nothing that is stored can be read until a person unlocks. */
export const LOCK_CALLS = {
  'app.lock': define(
    'Locks: the key leaves memory, and no credential is given or sent until a person unlocks',
    EVERYONE,
    None,
    AppStatus,
  ),
  'app.unlock': define(
    'Unlocks: asks the person where the system can, and reads the key again from where it is kept',
    EVERYONE,
    None,
    AppStatus,
  ),
} as const;
