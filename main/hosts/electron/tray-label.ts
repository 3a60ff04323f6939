import type { MenuForms } from './menu-forms.ts';
import type { TrayText } from './tray-item.ts';

const LONGEST_LABEL = 50;
/** With details beside the name. */
const LONGEST_LINE = 64;
/** What is left of details below this says nothing. */
const SHORTEST_DETAIL = 8;

/** Splits text into user-perceived characters. */
const segmenter = new Intl.Segmenter();
const lettersOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Text of at most `length` characters, an ellipsis in the place of the rest. */
export function cut(text: string, length: number): string {
  // A letter has at least one unit, so most texts need no splitting.
  if (text.length <= length) return text;
  const letters = lettersOf(text);
  if (letters.length <= length && text.length <= 2 * length) return text;
  let kept = '';
  for (const letter of letters.slice(0, Math.max(1, length - 1))) {
    // Some characters consist of hundreds of combining marks.
    if (kept.length + letter.length > 2 * length) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** A single `&` would underline the next letter. Chromium doubles the `_` of Linux itself. */
export const escaped = (text: string): string => text.replaceAll('&', '&&');

/** A label of at most 50 characters; `end` is never cut off. */
export function trayLabel(text: string, end = ''): string {
  const ending = end === '' ? '' : `  ${end}`;
  return escaped(cut(text, LONGEST_LABEL - lettersOf(ending).length) + ending);
}

/** Name, what it is, and its state: details in a line of their own, or where there is none, after a dash as far as there is room. */
export function trayLine(
  { name, detail, end }: { name: string; detail: string; end: string },
  { sublabels }: Pick<MenuForms, 'sublabels'>,
): TrayText {
  if (detail === '') return { label: trayLabel(name, end) };
  if (sublabels) return { label: trayLabel(name, end), sublabel: cut(detail, LONGEST_LINE) };
  const ending = end === '' ? '' : `  ${end}`;
  const kept = cut(name, LONGEST_LABEL - lettersOf(ending).length);
  const room = LONGEST_LINE - lettersOf(kept + ending).length - ' – '.length;
  if (room < SHORTEST_DETAIL) return { label: escaped(kept + ending) };
  return { label: escaped(`${kept} – ${cut(detail, room)}${ending}`) };
}
