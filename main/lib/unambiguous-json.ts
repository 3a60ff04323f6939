/**
 * JSON that every reader reads alike: UTF-8, and no key of an object twice, of which some readers take the first and others the
 * last. Undefined: it is not.
 */
export function unambiguousJson(bytes: Uint8Array, options: { ignoreBOM?: boolean } = {}): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ...options }).decode(bytes);
    const value = JSON.parse(text) as unknown;
    return keysWritten(text) === keysIn(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How many keys a JSON text spells. */
function keysWritten(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon !== undefined) count += 1;
  return count;
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, each: unknown) => sum + keysIn(each), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}
