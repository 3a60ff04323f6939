import type { WorldBridge } from './world-bridge.ts';

/** The first thing that runs in a window's page, in its own world. Stands alone: its source runs inside pages. */
export function startPageWorld(bridge: WorldBridge): void {
  bridge.offer((name: string, api: unknown) => {
    if (name in window)
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    Object.defineProperty(window, name, { value: api, enumerable: true });
  });
  // The shell decides about new windows before there is one; the stand-in's never lets one come.
  window.open = (address) => {
    bridge.call(0, String(address ?? ''));
    return null;
  };
  // A page may close its window, which Chromium lets no page do that it did not open itself.
  window.close = () => {
    bridge.call(1);
  };
}
