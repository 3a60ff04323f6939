/** No message of anybody's is as deep; what is costs seconds to read. */
const MOST_DEEP = 1000;

/**
 * JSON that every reader reads alike: UTF-8, no key of an object twice, of which some readers take the first and others the
 * last, and not so deep that some give up. Undefined: it is not.
 */
export function unambiguousJson(bytes: Uint8Array, options: { ignoreBOM?: boolean } = {}): unknown {
  if (isTooDeep(bytes)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ...options }).decode(bytes);
    const value = JSON.parse(text) as unknown;
    return keysWritten(text) === keysIn(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    // `[` and `{`, `]` and `}` differ in one bit.
    else if ((byte | 0x20) === 0x7b) depth += 1;
    else if ((byte | 0x20) === 0x7d) depth -= 1;
    if (depth > MOST_DEEP) return true;
  }
  return false;
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
