import type { Presence } from '../core/host.ts';
import type { Clock } from '../lib/clock.ts';
import { DisposableStack, disposable, type Disposable } from '../lib/disposable.ts';
import type { SettingsStore } from '../store/ports.ts';
import { isIdleTooLong } from './lock-rules.ts';

const LOOK_EVERY_MS = 30_000;

export interface FollowPresenceParts {
  /** Null: the host cannot tell. */
  presence: Presence | null;
  settings: Pick<SettingsStore, 'get' | 'onChange'>;
  /** Epoch ms. */
  lastUse: () => number;
  /** Whether the screen’s state could change anything now. */
  screenMatters: () => boolean;
  onScreen: (locked: boolean) => void;
  onIdle: () => void;
  clock: Clock;
}

/** Follows the screen and the time without use, each only while a setting wants it. */
export function followPresence(parts: FollowPresenceParts): Disposable & { update: () => void } {
  const { presence, settings, lastUse, screenMatters, onScreen, onIdle, clock } = parts;
  const ends = new DisposableStack();
  let screen: Disposable | null = null;
  let timer: Disposable | null = null;

  async function look(): Promise<void> {
    const idleSeconds = (await presence?.idleSeconds()) ?? null;
    const idleMs = idleSeconds === null ? null : idleSeconds * 1000;
    // The wall clock: a machine that slept was not used either.
    if (isIdleTooLong(settings.get(), idleMs, clock.now() - lastUse())) onIdle();
  }
  const lookLater = (): void => {
    const own = clock.setTimeout(() => {
      void look().finally(() => {
        // Switched off and on again meanwhile, there is another.
        if (timer === own) timer = null;
        update();
      });
    }, LOOK_EVERY_MS);
    timer = own;
  };
  let ended = false;
  function update(): void {
    if (ended) return;
    if (screenMatters()) screen ??= presence?.watchScreen(onScreen) ?? null;
    else {
      void screen?.dispose();
      screen = null;
    }
    if (settings.get().lockAfterIdleMinutes > 0) {
      if (timer === null) lookLater();
    } else {
      void timer?.dispose();
      timer = null;
    }
  }
  ends.add(settings.onChange(update));
  ends.add(
    disposable(() => {
      ended = true;
      void screen?.dispose();
      void timer?.dispose();
    }),
  );
  update();
  return { update, dispose: () => ends.dispose() };
}
