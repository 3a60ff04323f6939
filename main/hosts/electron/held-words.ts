import type { HeldRequestView } from '../../../contract/gateway.ts';
import { startedWords } from '../../../contract/program-words.ts';

/** Who waits for the person; at least one request. */
export function heldSentence(held: readonly HeldRequestView[]): string {
  const [first, ...others] = held;
  return others.length === 0
    ? `“${first?.consumer.name ?? ''}” waits for your decision`
    : `${held.length} requests wait for your decision`;
}

/** What else there is to know before answering, each a line. Pure. */
export function heldFacts({ method, path, program }: HeldRequestView): string[] {
  if (program === undefined) return [`${method} ${path}`];
  const { script, executable, folder } = program;
  const started = startedWords(program);
  return [
    script ?? executable ?? 'Which program it is can’t be told',
    ...(started === '' ? [] : [started]),
    ...(folder === null ? [] : [`in ${folder}`]),
  ];
}
