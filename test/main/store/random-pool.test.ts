import { expect, it } from 'vitest';
import { createRandomPool } from '../../../main/store/random-pool.ts';

it('gives no byte twice, and asks for new ones when too few are left', () => {
  let fills = 0;
  const random = createRandomPool((pool) => {
    // 32-bit numbers that never repeat.
    const words = new Uint32Array(pool.buffer);
    for (let index = 0; index < words.length; index += 1) words[index] = fills * words.length + index;
    fills += 1;
  });
  const given: Uint8Array[] = Array.from({ length: 1000 }, () => random(12));
  expect(given.every((piece) => piece.length === 12)).toBe(true);
  const words = given.flatMap((piece) => [...new Uint32Array(piece.buffer)]);
  expect(new Set(words).size).toBe(3000);
  // 341 pieces of 12 bytes each time; what remains is too short and is left out.
  expect(fills).toBe(3);
});

it('gives what the system’s generator gives, and refuses more than it has', () => {
  const random = createRandomPool();
  expect(Buffer.from(random(16)).equals(random(16))).toBe(false);
  expect(() => random(5000)).toThrow(RangeError);
});
