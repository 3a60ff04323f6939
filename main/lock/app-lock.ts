import type { LockedBy } from '../../contract/vocabulary.ts';
import type { Presence, SystemAuthentication } from '../core/host.ts';
import { isoTime, type Clock } from '../lib/clock.ts';
import { DisposableStack } from '../lib/disposable.ts';
import type { Logger } from '../lib/log.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Refresher } from '../refresh/ports.ts';
import type { ActivityStore, Lock, LockableVault, LockStore, SettingsStore } from '../store/ports.ts';
import { followPresence } from './follow-presence.ts';
import { onScreen } from './lock-rules.ts';
import type { AppLock } from './ports.ts';

export interface AppLockOptions {
  store: {
    readonly vault: LockableVault;
    readonly lock: LockStore;
    readonly settings: Pick<SettingsStore, 'get' | 'onChange'>;
    readonly activity: Pick<ActivityStore, 'append'>;
  };
  refresher: Pick<Refresher, 'idle'>;
  /** Null: the host cannot tell whether a person is there. */
  presence: Presence | null;
  /** Null: the system asks nobody. */
  authentication: SystemAuthentication | null;
  /** Drops every decrypted copy and ends what uses one. */
  forgetSecrets: () => void;
  /** Overwrites memory that nothing refers to any more. */
  clearMemory: () => void;
  clock: Clock;
  logger: Logger;
}

const WHY: Readonly<Record<LockedBy, string>> = {
  person: 'Tokentray was locked.',
  screen: 'Tokentray was locked with the screen.',
  idle: 'Tokentray was locked, because nobody was using it.',
};

export function createAppLock(options: AppLockOptions): AppLock {
  const { store, refresher, presence, authentication, forgetSecrets, clearMemory, clock, logger } = options;
  const { vault, settings } = store;
  const parts = new DisposableStack();
  let lastUse = clock.now();
  let unlocking: Promise<Result<void>> | null = null;
  let presenceChanged = (): void => undefined;

  const current = (): Lock | null => {
    const { status } = vault;
    return status.state === 'locked' ? { since: Date.parse(status.since), by: status.by } : null;
  };

  function log(event: string, message: string): void {
    const at = isoTime(clock.now());
    store.activity.append({ at, level: 'info', event, message, connection: null, export: null });
  }

  function remember(lock: Lock | null): void {
    const kept = store.lock.set(lock);
    if (!kept.ok) logger.warn('lock.not-stored', { code: kept.error.code });
  }

  /** Requests that were sent have to store what they get: a refresh token that is lost ends the sign-in. */
  async function forgetKey(lock: Lock): Promise<void> {
    await refresher.idle();
    vault.forgetKey(lock);
    clearMemory();
  }

  function apply(lock: Lock): Result<void> {
    const refreshing = settings.get().refreshWhileLocked;
    const locked = vault.lock(lock, { refreshing });
    if (!locked.ok) return locked;
    forgetSecrets();
    if (!refreshing)
      forgetKey(lock).catch((fault: unknown) => {
        logger.error('lock.fault', { fault: String(fault) });
      });
    return ok(undefined);
  }

  function lock(by: LockedBy): Result<void> {
    const before = current();
    if (before !== null && (before.by === by || by !== 'screen')) return ok(undefined);
    const next = { since: before?.since ?? clock.now(), by };
    const locked = apply(next);
    if (!locked.ok) return locked;
    remember(next);
    if (before === null) log('app.locked', WHY[by]);
    presenceChanged();
    return ok(undefined);
  }

  async function open(message: string): Promise<Result<void>> {
    const opened = await vault.unlock();
    if (!opened.ok) return opened;
    lastUse = clock.now();
    remember(null);
    log('app.unlocked', message);
    presenceChanged();
    return opened;
  }

  async function unlock(): Promise<Result<void>> {
    if (current() === null) return vault.open();
    const confirmed = (await authentication?.confirm('unlock Tokentray')) ?? ok(undefined);
    return confirmed.ok ? open('Tokentray was unlocked.') : confirmed;
  }

  function screenChanged(isLocked: boolean): void {
    const step = onScreen(isLocked, settings.get(), current()?.by ?? null);
    if (step === 'lock') lock('screen');
    else if (step === 'unlock')
      void open('Tokentray was unlocked with the screen.').then((opened) => {
        if (!opened.ok) logger.warn('lock.not-unlocked', { code: opened.error.code });
      });
  }

  parts.add(
    settings.onChange(({ refreshWhileLocked }) => {
      const { status } = vault;
      const held = current();
      // The key that stayed for refreshing leaves too; the other way round there is none.
      if (held !== null && status.state === 'locked' && status.refreshing && !refreshWhileLocked) apply(held);
    }),
  );

  return {
    lock,
    unlock: () =>
      (unlocking ??= unlock().finally(() => {
        unlocking = null;
      })),
    used: () => {
      lastUse = clock.now();
    },
    start: () => {
      const following = parts.add(
        followPresence({
          presence,
          settings,
          lastUse: () => lastUse,
          screenMatters: () => settings.get().lockWithScreen || current()?.by === 'screen',
          onScreen: screenChanged,
          onIdle: () => void lock('idle'),
          clock,
        }),
      );
      presenceChanged = following.update;
    },
    dispose: () => parts.dispose(),
  };
}
