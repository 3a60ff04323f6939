export type LabelTone = 'plain' | 'strong' | 'bad';

export interface WantedLabel {
  text: string;
  /** Where its middle should be, from 0 to 1. */
  at: number;
  tone: LabelTone;
}

export interface PlacedLabel extends WantedLabel {
  /** Of its left edge, px. */
  left: number;
  /** Room that is kept for it, px. */
  width: number;
}

/** Between two labels, px. */
const GAP = 8;
/** Of letters of 11 px, px: those of the widest of the fonts that are used, so that the labels have room in each. */
const WIDTHS = { letter: 7, strongLetter: 7.7, wideLetter: 11.5 };
/** Before a label that is bad: its mark. */
const MARK = 14;

/** How wide a label is at most, px. */
export function labelWidth({ text, tone }: Pick<WantedLabel, 'text' | 'tone'>): number {
  let width = tone === 'bad' ? MARK : 0;
  for (const letter of text)
    width += letter > '\u024F' ? WIDTHS.wideLetter : tone === 'strong' ? WIDTHS.strongLetter : WIDTHS.letter;
  return Math.ceil(width);
}

/** Places labels in one line of `lineWidth` px, the most important first; those that have no room are left out. Pure. */
export function placeLabels(wanted: readonly WantedLabel[], lineWidth: number): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const label of wanted) {
    const width = labelWidth(label);
    if (width > lineWidth) continue;
    const left = Math.min(Math.max(label.at * lineWidth - width / 2, 0), lineWidth - width);
    const hasRoom = placed.every(
      (other) => left >= other.left + other.width + GAP || left + width + GAP <= other.left,
    );
    if (hasRoom) placed.push({ ...label, left, width });
  }
  return placed.sort((a, b) => a.left - b.left);
}
