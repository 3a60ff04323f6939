import type { Rectangle } from 'electron';
import type { Bounds } from './desktop-state.ts';

export const DEFAULT_SIZE = { width: 960, height: 640 };
export const MIN_SIZE = { width: 640, height: 480 };

/** How much of the window's top must be on a display so that the user can grab it, pixels. */
const GRIP = { width: 100, height: 40 };

const overlap = (aStart: number, aLength: number, bStart: number, bLength: number): number =>
  Math.min(aStart + aLength, bStart + bLength) - Math.max(aStart, bStart);

/**
 * Where to open the window: where it was, unless that display is gone; then centred, in the same size. Never larger than
 * the display.
 */
export function windowBounds(
  remembered: Bounds | null,
  workAreas: readonly Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  if (remembered === null) return DEFAULT_SIZE;
  const { x, y } = remembered;
  const area = workAreas.find(
    (candidate) =>
      overlap(x, remembered.width, candidate.x, candidate.width) >= GRIP.width &&
      overlap(y, GRIP.height, candidate.y, candidate.height) >= GRIP.height,
  );
  const largest = area ?? workAreas[0] ?? { ...DEFAULT_SIZE };
  const width = Math.max(MIN_SIZE.width, Math.min(remembered.width, largest.width));
  const height = Math.max(MIN_SIZE.height, Math.min(remembered.height, largest.height));
  return area === undefined ? { width, height } : { x, y, width, height };
}

/** The bounds to remember. On Wayland the position is always 0,0, so the previous one is kept. Pure. */
export const rememberedBounds = (now: Rectangle, before: Bounds | null, wayland: boolean): Bounds =>
  wayland && before !== null ? { ...now, x: before.x, y: before.y } : now;
