const PLAIN: readonly unknown[] = [Object.prototype, Array.prototype];

/** Whether two values are the same as JSON: plain objects and arrays by what is in them, in the same order. */
export function isSameData(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const kind: unknown = Object.getPrototypeOf(one);
  if (kind !== Object.getPrototypeOf(other) || !PLAIN.includes(kind)) return false;
  const keys = Object.keys(one);
  const others = Object.keys(other);
  return (
    keys.length === others.length &&
    keys.every(
      (key, index) =>
        key === others[index] &&
        isSameData((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
    )
  );
}
