/**
 * What takes two cells on a terminal: East Asian Wide and Fullwidth (Unicode Standard Annex #11), from the scripts and
 * emoji that the running Node knows, so that new characters need no table here.
 */
const WIDE =
  /^(?:[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Yi}\p{sc=Tangut}\p{sc=Nushu}\p{sc=Khitan_Small_Script}\u2329\u232a\u2630-\u2637\u268a-\u268f\u2ff0-\u303e\u309b-\u30ff\u3190-\u33ff\u4dc0-\u4dff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1d300}-\u{1d37f}\u{1f200}-\u{1f265}]|\p{Emoji_Presentation})/u;
/** Of these scripts, but narrow, or only parts of a syllable. */
const NARROW = /^[\u02ea\u02eb\u1160-\u11ff\u3248-\u324f\ud7b0-\ud7ff\uff61-\uffdc]/u;
/** What is drawn onto what is before it, or not at all. */
const WITHOUT_CELL = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}\u1160-\u11ff\ud7b0-\ud7ff]$/u;
/** One picture, of however many characters. */
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f|^\p{Extended_Pictographic}\u200d/u;
const ASCII = /^[\x20-\x7e]*$/;
// oxlint-disable-next-line no-control-regex -- colours begin with Escape
const COLOURS = /\u001b\[[0-9;]*m/g;

let segmenter: Intl.Segmenter | undefined;

/** What a person takes for one character each. */
export function* graphemes(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** Cells that the text takes on a terminal, colours not counted. */
export function width(text: string): number {
  const bare = text.replace(COLOURS, '');
  if (ASCII.test(bare)) return bare.length;
  let cells = 0;
  for (const grapheme of graphemes(bare)) cells += graphemeWidth(grapheme);
  return cells;
}

/** Cells of one grapheme. */
export function graphemeWidth(grapheme: string): number {
  if (EMOJI.test(grapheme)) return 2;
  let cells = 0;
  for (const character of grapheme)
    if (!WITHOUT_CELL.test(character)) cells += WIDE.test(character) && !NARROW.test(character) ? 2 : 1;
  return cells;
}
