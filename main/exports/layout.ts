import type { ExportFormat } from '../../contract/export.ts';
import type { Comment, Placement } from './dialects/placement.ts';
import type { Dialect, LineEnding } from './dialects/dialect.ts';
import { DIALECTS } from './render.ts';

/** Where what is written can be, and how its lines end. */
export interface Layout {
  readonly of: Dialect['of'] | 'template';
  readonly lineEnding: LineEnding;
  readonly placement: Placement;
}

const TEMPLATE: Layout = {
  of: 'template',
  lineEnding: 'lf',
  placement: {
    kind: 'whole-file',
    why: 'a template decides how the whole file is written',
    // Nothing in the file says that it is ours.
    namesIn: () => null,
  },
};

/** How a file of this format is laid out. */
export const layoutOf = (format: ExportFormat): Layout =>
  format === 'template' ? TEMPLATE : DIALECTS[format];

/** What marks our lines in a file of this format; null: nothing, the file is ours as a whole. */
export function commentOf(format: ExportFormat): Comment | null {
  const { placement } = layoutOf(format);
  return placement.kind === 'block' || placement.kind === 'own-file' ? placement.comment : null;
}

/** Whether a file of this format is ours from its first byte to its last, without a mark in it. */
export const isWholeFile = (format: ExportFormat): boolean =>
  layoutOf(format).placement.kind === 'whole-file';
