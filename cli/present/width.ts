const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}|\ufe0f/u;
let segmenter: Intl.Segmenter | undefined;

/** Columns that the text takes on a terminal, colours not counted. */
export function width(text: string): number {
  // oxlint-disable-next-line no-control-regex -- colours begin with Escape
  const bare = text.replace(/\u001b\[[0-9;]*m/g, '');
  if (/^[\x20-\x7e]*$/.test(bare)) return bare.length;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let columns = 0;
  for (const { segment } of segmenter.segment(bare)) columns += WIDE.test(segment) ? 2 : 1;
  return columns;
}
