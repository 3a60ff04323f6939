/** The one piece that was added to a text: where, and what. Null when more than that has changed. Pure. */
export function insertedText(before: string, after: string): { at: number; text: string } | null {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  const text = after.slice(at, at + after.length - before.length);
  return after.length > before.length && before.slice(0, at) + text + before.slice(at) === after
    ? { at, text }
    : null;
}

/** The text without a piece that is in it exactly once; null when it is not. Pure. */
export function withoutText(current: string, piece: string): string | null {
  const at = piece === '' ? -1 : current.indexOf(piece);
  if (at < 0 || current.includes(piece, at + 1)) return null;
  return current.slice(0, at) + current.slice(at + piece.length);
}
