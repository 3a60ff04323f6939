import type { CopiedSecret } from '../api/copied-secret.ts';
import { clearMemory } from '../lib/clear-memory.ts';
import type { Clock } from '../lib/clock.ts';
import type { ForgetsSecrets } from '../lib/forgets-secrets.ts';
import type { Logger } from '../lib/log.ts';
import { createAppLock } from '../lock/app-lock.ts';
import type { AppLock } from '../lock/ports.ts';
import type { Refresher } from '../refresh/ports.ts';
import type { SignIns } from '../signin/ports.ts';
import type { Store } from '../store/ports.ts';
import type { Host } from './host.ts';

/** The lock of the whole core: whatever holds a decrypted copy is in `holders`, and a sign-in under way ends. */
export function appLockOf(parts: {
  store: Store;
  host: Host;
  refresher: Refresher;
  signIns: SignIns;
  holders: readonly ForgetsSecrets[];
  copied: CopiedSecret | null;
  clock: Clock;
  logger: Logger;
}): AppLock {
  const { host, signIns, holders, copied } = parts;
  return createAppLock({
    ...parts,
    presence: host.presence ?? null,
    authentication: host.authentication ?? null,
    forgetSecrets: () => {
      for (const holder of holders) holder.forgetSecrets();
      // It waits with new tokens in memory, which could not be stored.
      for (const { id } of signIns.list()) signIns.cancel(id);
      void copied?.clear();
    },
    clearMemory,
  });
}
