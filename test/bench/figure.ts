/** One row: what was measured, beside what it is held against in the same run. A ratio is figure ÷ floor. */
export interface Figure {
  name: string;
  /** What the floor is, in words; null where the target stands alone. */
  floorOf: string | null;
  floor: number | null;
  figure: number | null;
  /** Of floor and figure. */
  unit: string;
  ratio: number | null;
  target: string;
  /** Null: not measured. */
  met: boolean | null;
  note: string | null;
}

export interface BenchOptions {
  /** How long the idle core is watched. */
  idleSeconds: number;
}

/** Takes the figures of one subject; `id` is what `--only` names. */
export interface Bench {
  readonly id: string;
  run(options: BenchOptions): Promise<Figure[]>;
}

interface Measured {
  name: string;
  unit: string;
  figure: number;
  note?: string;
}

type Compared = Measured & { floorOf: string; floor: number; also?: boolean };

function compared(parts: Compared, target: string, isMet: (ratio: number) => boolean): Figure {
  const { name, unit, figure, floorOf, floor, also = true, note = null } = parts;
  const ratio = figure / floor;
  return { name, floorOf, floor, figure, unit, ratio, target, met: isMet(ratio) && also, note };
}

/** A figure that may be at most `limit` times its floor. */
export const againstFloor = (parts: Compared & { limit: number }): Figure =>
  compared(parts, `≤ ${parts.limit}×`, (ratio) => ratio <= parts.limit);

/** A figure that must be at least `least` times its floor. */
export const atLeastOfFloor = (parts: Compared & { least: number }): Figure =>
  compared(parts, `≥ ${parts.least}×`, (ratio) => ratio >= parts.least);

/** A figure that may be at most `limit` of its unit. */
export function againstLimit(parts: Measured & { limit: number; also?: boolean }): Figure {
  const { name, unit, figure, limit, also = true, note = null } = parts;
  return {
    name,
    floorOf: null,
    floor: null,
    figure,
    unit,
    ratio: null,
    target: `≤ ${limit}${unit === '' ? '' : ` ${unit}`}`,
    met: figure <= limit && also,
    note,
  };
}

export const notMeasured = (name: string, target: string, reason: string): Figure => ({
  name,
  floorOf: null,
  floor: null,
  figure: null,
  unit: '',
  ratio: null,
  target,
  met: null,
  note: reason,
});

const HEADINGS = ['figure', 'floor', 'measured', 'ratio', 'target', ''];

/** The rows as aligned text, a line each. */
export function asTable(figures: readonly Figure[]): string {
  const rows = [
    HEADINGS,
    ...figures.map((row) => [
      row.name,
      row.floor === null ? '–' : `${amount(row.floor, row.unit)} (${row.floorOf ?? ''})`,
      row.figure === null ? '–' : amount(row.figure, row.unit),
      row.ratio === null ? '–' : `${row.ratio.toFixed(2)}×`,
      row.target,
      verdict(row),
    ]),
  ];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function verdict({ met, note }: Figure): string {
  const word = met === null ? 'not measured' : met ? 'met' : 'MISSED';
  return note === null ? word : `${word}: ${note}`;
}

function amount(value: number, unit: string): string {
  const digits = Number.isInteger(value) ? 0 : value < 1 ? 3 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
}
