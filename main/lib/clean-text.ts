/** Control characters, line separators, bidirectional marks and other invisible ones that could mislead a reader. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu;

/**
 * Text of a stranger, made fit to show on one line: no control or direction marks, white space collapsed, at most
 * `maxLength` UTF-16 units, never half a character.
 */
export function cleanText(text: string, maxLength: number): string {
  // Bounded first, so that a megabyte of text costs nothing; what is taken out may make the result shorter.
  const bounded = text.slice(0, maxLength * 8);
  const clean = bounded.toWellFormed().replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();
  if (clean.length <= maxLength) return clean;
  const cut = clean.slice(0, maxLength - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
