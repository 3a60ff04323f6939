import type { CallOutput } from '../../contract/calls.ts';
import type { ClearFile, ImportCandidate, ImportNote, ImportResult } from '../../contract/import.ts';
import type { Runtime } from '../runtime.ts';
import { showConnection } from './connections.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';

/** What was found, where, what it would become, and what to know before. */
export function showFound(runtime: Runtime, { candidates, notes }: CallOutput<'import.find'>): void {
  const { print, out, withCommands } = runtime;
  for (const candidate of candidates) {
    const { providerName, kind, username, address, secret, place, alsoAt, problem } = candidate;
    const about = [`${plain(providerName)} ${kind}`, plain(secret), ...[username, address].flatMap(shown)];
    print(`${problem === null ? out.good('●') : out.bad('▲')} ${about.join('  ')}`);
    print(out.dim(`    ${plain(place)}`));
    for (const other of alsoAt) print(out.dim(`    also ${plain(other)}`));
    for (const line of linesOf(candidate)) print(`    ${plain(withCommands(line))}`);
  }
  showNotes(runtime, notes);
}

const shown = (text: string | null): string[] => (text === null ? [] : [plain(text)]);

const linesOf = ({ problem, notes }: ImportCandidate): string[] => [
  ...(problem === null ? [] : [`Cannot be taken: ${problem.message} ${problem.hint ?? ''}`.trimEnd()]),
  ...notes,
];

export function showNotes({ log }: Runtime, notes: readonly ImportNote[]): void {
  for (const { place, message } of notes)
    log(`${place === null ? '' : `${plain(place)}: `}${plain(message)}`);
}

export const showClear = (clear: readonly ClearFile[]): string[] =>
  table(clear.map(({ path, kinds }) => [plain(path), kinds.map(plain).join(', ')]));

export function showResult(
  runtime: Runtime,
  { id, connection, error, notes }: ImportResult,
  candidates: readonly ImportCandidate[],
): void {
  if (connection !== null) showConnection(runtime, connection, 'Imported:');
  if (error !== null) {
    const place = candidates.find((candidate) => candidate.id === id)?.place ?? '';
    runtime.log(`${runtime.err.bad('▲')} Not imported, from ${plain(place)}: ${plain(error.message)}`);
    if (error.hint !== undefined) runtime.log(`    ${plain(error.hint)}`);
  }
  for (const note of notes) runtime.log(plain(note));
}
