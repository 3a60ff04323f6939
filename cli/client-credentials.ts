import { checkClientIdText, checkClientSecretText, type ClientRules } from '../contract/client-check.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { ask, askHidden } from './prompt.ts';
import type { Runtime } from './runtime.ts';

/**
 * The client ID, asked for until it can be one; null at the end of the input. What is only unusual is said, and taken. Only if
 * `interactive`.
 */
export async function askClientId(
  runtime: Runtime,
  label: string,
  rules: ClientRules,
): Promise<string | null> {
  for (;;) {
    const answer = await ask(runtime, `${label}:`);
    const text = answer?.trim() ?? '';
    if (answer === null || text === '') return null;
    const found = checkClientIdText(text, rules);
    if (found !== null && found.level !== 'good') runtime.log(`  ▲ ${found.words}`);
    if (found?.level !== 'fault') return text;
  }
}

/** A client’s secret: from a prompt that shows nothing, or from standard input, where nothing of it is checked. */
export async function readClientSecret(
  runtime: Runtime,
  label: string,
  clientId: string,
  rules: ClientRules,
): Promise<Outcome<string>> {
  const { interactive } = runtime;
  const { stdin } = runtime.context;
  if (!interactive && stdin.isTTY) {
    return failed('usage', 'The secret is missing.', 'Pipe it to standard input.');
  }
  for (;;) {
    const secret = (
      interactive ? await askHidden(runtime, `${label} (not shown):`) : await stdin.readAll()
    )?.trim();
    if (!secret)
      return failed(
        'usage',
        'The secret is missing.',
        'Pipe it to standard input, or add --public if the client has none.',
      );
    const found = interactive ? checkClientSecretText(secret, clientId, rules) : null;
    if (found !== null && found.level !== 'good') runtime.log(`  ▲ ${found.words}`);
    if (found?.level !== 'fault') return done(secret);
  }
}
