import type { Runtime } from './runtime.ts';

/** Asks for a line; null at the end of the input. Only if `interactive`. */
export function ask({ context, err }: Runtime, question: string): Promise<string | null> {
  const answer = context.stdin.readLine();
  context.stderr.write(`${err.bold(question)} `);
  return answer;
}

/** Asks a yes/no question; anything but yes is no. */
export async function confirm(runtime: Runtime, question: string): Promise<boolean> {
  const answer = await ask(runtime, `${question} [y/N]`);
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}

/** Asks for one item of a numbered list until the answer is valid; null at the end of the input. */
export async function choose(
  runtime: Runtime,
  question: string,
  labels: readonly string[],
): Promise<number | null> {
  for (const [index, label] of labels.entries()) runtime.log(`  ${index + 1}  ${label}`);
  for (;;) {
    const answer = await ask(runtime, `${question} [1-${labels.length}]`);
    if (answer === null) return null;
    const number = Number(answer.trim());
    if (Number.isInteger(number) && number >= 1 && number <= labels.length) return number - 1;
  }
}

/** Asks for a line that is not shown while it is typed; null at the end of the input. Only if `interactive`. */
export function askHidden({ context, err }: Runtime, question: string): Promise<string | null> {
  // Turn echo off before the prompt appears: someone may already be typing.
  const answer = context.stdin.readHidden();
  context.stderr.write(`${err.bold(question)} `);
  return answer;
}
