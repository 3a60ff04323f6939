/**
 * JSON with line and block comments replaced by spaces, so that positions in messages stay right. Texts in quotes stay as
 * they are, and so does a comment that does not end: JSON's own parser then reports it.
 */
export function stripComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (char !== '/') continue;
    const end = endOfComment(text, at);
    if (end === null) continue;
    parts.push(text.slice(from, at), text.slice(at, end).replace(/[^\r\n]/g, ' '));
    from = end;
    at = end - 1;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

/** Index of the closing quote, or the last one of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** Index behind a comment that starts here; null when none does, or it has no end. */
function endOfComment(text: string, start: number): number | null {
  if (text.startsWith('//', start)) {
    let end = start;
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
    return end;
  }
  if (!text.startsWith('/*', start)) return null;
  const end = text.indexOf('*/', start + 2);
  return end === -1 ? null : end + 2;
}
