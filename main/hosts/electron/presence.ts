import type { PowerMonitor } from 'electron';
import type { Presence } from '../../core/host.ts';
import { disposable } from '../../lib/disposable.ts';

/** Electron wants one; only `locked` matters here. */
const SHORTEST_IDLE_SECONDS = 60;

/**
 * Presence as Electron tells it. On Linux its screen events do not exist and its idle time is 0 under Wayland, so the
 * session bus is asked there first (electronjs.org/docs/latest/api/power-monitor).
 */
export function electronPresence({
  powerMonitor,
  bus,
  wayland,
}: {
  powerMonitor: Pick<PowerMonitor, 'on' | 'off' | 'getSystemIdleTime' | 'getSystemIdleState'>;
  /** Null where the system is not Linux. */
  bus: Presence | null;
  /** Whether Electron is a Wayland client. */
  wayland: boolean;
}): Presence {
  return {
    watchScreen: (onChange) => {
      if (bus !== null) return bus.watchScreen(onChange);
      const locked = (): void => {
        onChange(true);
      };
      const unlocked = (): void => {
        onChange(false);
      };
      const state = powerMonitor.getSystemIdleState(SHORTEST_IDLE_SECONDS);
      if (state !== 'unknown') onChange(state === 'locked');
      powerMonitor.on('lock-screen', locked);
      powerMonitor.on('unlock-screen', unlocked);
      return disposable(() => {
        powerMonitor.off('lock-screen', locked);
        powerMonitor.off('unlock-screen', unlocked);
      });
    },
    idleSeconds: async () =>
      (await bus?.idleSeconds()) ?? (wayland ? null : powerMonitor.getSystemIdleTime()),
    tellsScreen: () => bus?.tellsScreen() ?? Promise.resolve(true),
  };
}
