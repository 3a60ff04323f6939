import type { Row } from './row.ts';
import type { MatrixWorld } from './world.ts';

export interface Outcome {
  tool: string;
  version: string;
  fedBy: string;
  /** `passes`, `fails: …`, `not installed here`. */
  result: string;
  ms: number;
}

/** Tries one row. Never throws. */
export async function outcomeOf({ tool, fedBy, find, use }: Row, world: MatrixWorld): Promise<Outcome> {
  const program = find();
  if (program === null) return { tool, version: '–', fedBy, result: 'not installed here', ms: 0 };
  const started = performance.now();
  const result = await use(world, program).then(
    () => 'passes',
    (fault: unknown) => `fails: ${inOneLine(fault instanceof Error ? fault.message : String(fault))}`,
  );
  return { tool, version: program.version, fedBy, result, ms: Math.round(performance.now() - started) };
}

/** A reason has a place in a table. */
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 200);

const COLUMNS = ['tool', 'version', 'fedBy', 'result', 'ms'] as const;
const TITLES = COLUMNS.map((column) => (column === 'fedBy' ? 'fed by' : column));

/** Aligned lines, sorted by tool, with a line of titles. Pure. */
export function tableOf(outcomes: readonly Outcome[]): string[] {
  const lines = [...outcomes]
    .sort((a, b) => a.tool.localeCompare(b.tool) || a.fedBy.localeCompare(b.fedBy))
    .map((outcome) => COLUMNS.map((column) => String(outcome[column])));
  const rows = [TITLES, ...lines];
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((cells) => cells[at]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
