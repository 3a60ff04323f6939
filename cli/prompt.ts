import type { Runtime } from './runtime.ts';

/** Asks a person for a line; null when they end the input. Only where `interactive`. */
export function ask({ context, err }: Runtime, question: string): Promise<string | null> {
  const answer = context.stdin.readLine();
  context.stderr.write(`${err.bold(question)} `);
  return answer;
}

/** Asks for yes; anything else is no. */
export async function confirm(runtime: Runtime, question: string): Promise<boolean> {
  const answer = await ask(runtime, `${question} [y/N]`);
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}

/** Asks for one of a numbered list, until the answer is one; null when they end the input. */
export async function choose(
  runtime: Runtime,
  question: string,
  labels: readonly string[],
): Promise<number | null> {
  for (const [index, label] of labels.entries()) runtime.say(`  ${index + 1}  ${label}`);
  for (;;) {
    const answer = await ask(runtime, `${question} [1-${labels.length}]`);
    if (answer === null) return null;
    const chosen = Number(answer.trim());
    if (Number.isInteger(chosen) && chosen >= 1 && chosen <= labels.length) return chosen - 1;
  }
}
