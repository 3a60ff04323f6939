import { DisposableStack, disposable, type Disposable } from '../lib/disposable.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Exports } from '../exports/ports.ts';
import type { Scheduler } from '../refresh/ports.ts';
import type { Vault } from '../store/ports.ts';

/** How long to wait before trying the keychain again; the last delay repeats. An app may start before the desktop is ready. */
const RETRY_DELAYS_MS = [15_000, 60_000, 300_000, 600_000];
/** Trying again where there is no keychain prompts nobody, so a desktop that starts later is found soon. */
const MISSING_DELAY_MS = 30_000;

/**
 * Opens the vault, retrying while the keychain is not available; then starts refreshing and writing, once. What could not
 * be written while the app was locked is written when it is unlocked; a locked vault is not asked for.
 */
export function wakeWithKeychain(parts: {
  vault: Vault;
  clock: Clock;
  logger: Logger;
  scheduler: Pick<Scheduler, 'start'>;
  exports: Pick<Exports, 'start'>;
}): Disposable {
  const { vault, clock, logger, scheduler, exports } = parts;
  const subscriptions = new DisposableStack();
  let awake = false;
  let tries = 0;
  let retry: Disposable | null = null;

  let wasLocked = vault.status.state === 'locked';
  const wake = (): void => {
    const { state } = vault.status;
    if (awake && state === 'ready' && wasLocked) exports.start();
    wasLocked = state === 'locked';
    if (awake || (state !== 'ready' && state !== 'session-only')) return;
    awake = true;
    scheduler.start();
    exports.start();
  };
  const ask = (): void => {
    void vault.open().then((opened) => {
      wake();
      if (opened.ok || awake || opened.error.code === 'locked') return;
      if (tries === 0)
        logger.warn('keychain.unavailable', {
          code: opened.error.code,
          message: opened.error.message,
          ...(opened.error.detail !== undefined && { detail: opened.error.detail }),
        });
      const delay =
        tries > 0 && opened.error.code === 'keychain-missing'
          ? MISSING_DELAY_MS
          : (RETRY_DELAYS_MS[Math.min(tries, RETRY_DELAYS_MS.length - 1)] ?? 600_000);
      tries += 1;
      retry = clock.setTimeout(ask, delay);
    });
  };

  subscriptions.add(vault.onStatus(wake));
  subscriptions.add(
    disposable(() => {
      awake = true;
      void retry?.dispose();
    }),
  );
  ask();
  return subscriptions;
}
