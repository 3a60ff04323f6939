/** Letters that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Samaritan}\p{sc=Mandaic}\p{sc=Adlam}\u061c\u200f]/u;

/**
 * Text that is shown beside other text: where it is written from right to left, it takes nothing of its neighbours along
 * (Unicode Standard Annex #9, first strong isolate). `plain` has removed what could end that early.
 */
export const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);
