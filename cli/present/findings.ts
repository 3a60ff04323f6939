import type { DoctorFinding } from '../../contract/status.ts';
import { indented } from './fit.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';
import { localTime, withLocalTimes, zoneAt } from './time.ts';

export interface FindingsShown {
  readonly findings: readonly DoctorFinding[];
  /** Why nothing but the rest of the findings is known; null if the app answered. */
  readonly unknown: string | null;
  readonly now: number;
  /** Cells in a line; null: no line is broken. */
  readonly room: number | null;
}

/** What `doctor` prints: a verdict, then what to do, then what is fine. Pure. */
export function findingLines({ findings, unknown, now, room }: FindingsShown, out: Paint): string[] {
  const problems = findings.filter(({ ok }) => !ok);
  const fine = findings.filter(({ ok }) => ok);
  const cells = room ?? Infinity;
  const local = (text: string): string => plain(withLocalTimes(text, now));
  const at = new Date(now).toISOString();
  return [
    ...indented(verdict(problems, unknown, out), cells, 0),
    ...problems.flatMap(({ check, message, hint, detail }) => [
      '',
      ...marked(out.bad('▲'), `${plain(check)}: ${local(message)}`, cells),
      ...(hint === undefined ? [] : indented(local(hint), cells, 4)),
      ...(detail === undefined ? [] : indented(local(`Cause: ${detail}`), cells, 4).map(out.dim)),
    ]),
    ...(fine.length === 0 ? [] : ['']),
    ...fine.flatMap(({ check, message }) =>
      marked(out.good('●'), `${plain(check)}: ${local(message)}`, cells),
    ),
    '',
    out.dim(`Checked at ${localTime(at)} (${zoneAt(at)})`),
  ];
}

function verdict(problems: readonly DoctorFinding[], unknown: string | null, out: Paint): string {
  if (unknown !== null) return out.bold(`○ Can’t tell: ${unknown}.`);
  if (problems.length === 0) return out.bold('● Everything works.');
  const checks = [...new Set(problems.map(({ check }) => plain(check)))].join(', ');
  return out.bold(`▲ ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}: ${checks}`);
}

/** A paragraph whose first line begins with a mark. */
function marked(mark: string, text: string, cells: number): string[] {
  const [first = '', ...rest] = indented(text, cells, 2);
  return [mark + first.slice(1), ...rest];
}
