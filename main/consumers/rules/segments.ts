/** A path as rules see it. */
export interface Segments {
  /** Decoded, without empty ones. */
  readonly exact: readonly string[];
  /**
   * As a lenient server may read it: in lower case, without matrix parameters (`issue;x=1`) and without the `.json` or `.xml` that
   * Data Center takes as the wanted format.
   */
  readonly loose: readonly string[];
}

/** Of a raw path without its query. A segment that cannot be decoded stays as it is. */
export function segmentsOf(path: string): Segments {
  const exact = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
  const loose = exact.map((segment) => segment.replace(/;.*$/s, '').toLowerCase());
  const last = loose.length - 1;
  loose[last] &&= loose[last].replace(/\.(?:json|xml)$/, '');
  return { exact, loose: loose.filter((segment) => segment !== '') };
}

function decoded(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Whether segments are those of a pattern such as `/rest/api/3/issue/*`: `*` is one segment, or at the end one or more. Literals have
 * to be equal.
 */
export function matchesGlob(pattern: readonly string[], segments: readonly string[]): boolean {
  const last = pattern.length - 1;
  const open = last >= 0 && pattern[last] === '*';
  if (open ? segments.length < pattern.length : segments.length !== pattern.length) return false;
  return pattern.every((part, index) => part === '*' || part === segments[index]);
}
