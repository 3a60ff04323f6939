import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4096;

/**
 * Random bytes in small pieces, none of them given twice. A call to the generator costs as much for a nonce as for
 * hundreds of them. For what may be public, like nonces: what was given out stays in memory until the pool is filled anew.
 */
export function createRandomPool(
  fill: (pool: Uint8Array) => void = (pool) => void randomFillSync(pool),
): (bytes: number) => Uint8Array {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  return (bytes) => {
    if (bytes > POOL_BYTES) throw new RangeError(`${bytes} bytes are more than the pool has`);
    if (used + bytes > POOL_BYTES) {
      fill(pool);
      used = 0;
    }
    used += bytes;
    return pool.slice(used - bytes, used);
  };
}
