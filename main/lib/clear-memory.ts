import { Buffer } from 'node:buffer';
import { setFlagsFromString } from 'node:v8';
import { collectGarbage } from './collect-garbage.ts';

/** Sizes and counts that cover what requests and answers are read into. */
const BLOCKS: readonly (readonly [bytes: number, count: number])[] = [
  [65_536, 64],
  [16_384, 128],
  [4096, 256],
  [1024, 512],
];

/**
 * Has V8 give back what nothing refers to any more, and overwrites it: V8 clears what it frees from now on, and blocks of
 * the C library are taken again and filled. That reaches most copies of a secret, not all; no program in JavaScript can
 * promise that.
 */
export function clearMemory(): void {
  setFlagsFromString('--clear-free-memory');
  // Twice: the first frees what holds memory outside of V8’s heap.
  collectGarbage();
  collectGarbage();
  const taken = BLOCKS.flatMap(([bytes, count]) =>
    Array.from({ length: count }, () => Buffer.allocUnsafeSlow(bytes).fill(0)),
  );
  taken.length = 0;
}
