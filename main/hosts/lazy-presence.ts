import type { Presence } from '../core/host.ts';
import { disposable, type Disposable } from '../lib/disposable.ts';

/** A presence whose code is loaded by the first who asks: most people never lock by it. */
export function lazyPresence(load: () => Promise<Presence>): Presence {
  let loading: Promise<Presence> | null = null;
  const loaded = (): Promise<Presence> => (loading ??= load());
  return {
    watchScreen: (onChange) => {
      let watching: Disposable | null = null;
      let ended = false;
      void loaded().then((presence) => {
        if (!ended) watching = presence.watchScreen(onChange);
      });
      return disposable(() => {
        ended = true;
        void watching?.dispose();
      });
    },
    idleSeconds: async () => (await loaded()).idleSeconds(),
    tellsScreen: async () => (await loaded()).tellsScreen(),
  };
}
